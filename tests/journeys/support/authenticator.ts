// Chromium's virtual authenticator (the WebAuthn domain of its DevTools protocol): a phone that holds passkeys.
import type { CDPSession, Page } from "playwright-core";

export interface Held {
  credentialId: string;
  isResidentCredential: boolean;
  rpId?: string;
  privateKey: string;
  userHandle?: string;
  signCount: number;
}

export class Authenticator {
  private constructor(private readonly session: CDPSession, private readonly id: string) {}

  /** Beside this page, with a user who is there and lets it. */
  static async beside(page: Page, more: object = {}): Promise<Authenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
        automaticPresenceSimulation: true, ...more,
      },
    });
    return new Authenticator(session, authenticatorId);
  }

  async held(): Promise<Held[]> {
    return (await this.session.send("WebAuthn.getCredentials", { authenticatorId: this.id })).credentials as Held[];
  }

  async take(held: Held): Promise<void> {
    await this.session.send("WebAuthn.addCredential", { authenticatorId: this.id, credential: held });
  }

  async lose(credentialId: string): Promise<void> {
    await this.session.send("WebAuthn.removeCredential", { authenticatorId: this.id, credentialId });
  }

  /** Whether its user can show that it is them. */
  async verify(isUserVerified: boolean): Promise<void> {
    await this.session.send("WebAuthn.setUserVerified", { authenticatorId: this.id, isUserVerified });
  }
}
