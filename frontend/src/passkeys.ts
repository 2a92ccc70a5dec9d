// Passkeys on the pages for signing in and on that of one's own passkeys: what they offer is shown where the
// browser can (Web Authentication, Level 2). What the authenticator answers is sent as a form is, so that the answer
// is a page.

interface Described { type: "public-key"; id: string }
interface RequestOptions { challenge: string; rpId: string; timeout: number; allowCredentials: Described[] }
interface CreationOptions {
  challenge: string;
  rp: PublicKeyCredentialRpEntity;
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: PublicKeyCredentialParameters[];
  excludeCredentials: Described[];
  authenticatorSelection: AuthenticatorSelectionCriteria;
  timeout: number;
}

function bytes_of(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function text_of(bytes: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const described = (list: Described[]): PublicKeyCredentialDescriptor[] => list.map(({ type, id }) => ({ type, id: bytes_of(id) }));

/** What the house said no to, in its own words. */
class Refused extends Error {}

async function ask(path: string, fields: object): Promise<any> {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(fields),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Refused(body.detail);
  return body;
}

const field = (form: HTMLFormElement, name: string) => form.elements.namedItem(name) as HTMLInputElement | null;

/** Sends a form of its own: the page's stays as it is, for whoever comes back to it. */
function send(action: string, values: Record<string, string>, like: HTMLFormElement): void {
  const sent = document.createElement("form");
  Object.assign(sent, { method: "post", action, enctype: like.enctype, hidden: true });
  for (const [name, value] of Object.entries(values)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    sent.append(input);
  }
  document.body.append(sent);
  sent.submit();
}

/** Those of the form's fields that are there. */
function typed(form: HTMLFormElement, names: string[]): Record<string, string> {
  const fields = names.map((name) => [name, field(form, name)?.value] as const);
  return Object.fromEntries(fields.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

async function sign_in(form: HTMLFormElement): Promise<void> {
  const ticket = field(form, "ticket")?.value;
  const options: RequestOptions = await ask("/sign-in/passkey/request", ticket ? { ticket } : {});
  const { challenge, rpId, timeout, allowCredentials } = options;
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: bytes_of(challenge), rpId, timeout, userVerification: "required", allowCredentials: described(allowCredentials),
  };
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAssertionResponse;
  const shown = {
    credential: text_of(credential.rawId),
    client_data: text_of(answer.clientDataJSON),
    authenticator_data: text_of(answer.authenticatorData),
    signature: text_of(answer.signature),
    handle: answer.userHandle ? text_of(answer.userHandle) : "",
  };
  send("/sign-in/passkey", { ...typed(form, ["then", "carried", "ticket"]), ...shown }, form);
}

async function add(form: HTMLFormElement): Promise<void> {
  const present = form.querySelector<HTMLInputElement>("input[type=password]")!.value;
  const options: CreationOptions = await ask("/account/passkeys/request", { present });
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...options,
    challenge: bytes_of(options.challenge),
    user: { ...options.user, id: bytes_of(options.user.id) },
    excludeCredentials: described(options.excludeCredentials),
    attestation: "none",
  };
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAttestationResponse;
  const made = { client_data: text_of(answer.clientDataJSON), attestation: text_of(answer.attestationObject) };
  send("/account/passkeys", { ...typed(form, ["label"]), ...made }, form);
}

/** Runs `act` once at a time; what went wrong is said on the page. */
function guarded(form: HTMLFormElement, button: HTMLButtonElement, act: (form: HTMLFormElement) => Promise<void>): () => Promise<void> {
  const said = form.querySelector<HTMLElement>("[data-said]")!;
  return async () => {
    button.disabled = true;
    said.hidden = true;
    try {
      await act(form);
    } catch (problem) {
      said.textContent = problem instanceof Refused ? problem.message : said.dataset.said!;
      said.hidden = false;
    }
    button.disabled = false;
  };
}

function offer(form: HTMLFormElement): void {
  for (const hidden of document.querySelectorAll<HTMLElement>("[data-offer]")) hidden.hidden = false;
  for (const shown of document.querySelectorAll<HTMLElement>("[data-without]")) shown.hidden = true;
  if (form.dataset.passkey === "get") {
    const button = form.querySelector<HTMLButtonElement>("[data-offer] button")!;
    button.addEventListener("click", guarded(form, button, sign_in));
    return;
  }
  const run = guarded(form, form.querySelector("button")!, add);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
}

const form = document.querySelector<HTMLFormElement>("form[data-passkey]");
if (form && "PublicKeyCredential" in window) offer(form);
