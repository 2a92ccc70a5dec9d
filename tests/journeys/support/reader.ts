// A person with a browser of their own, JavaScript off; every page they come to is looked at by axe.
import assert from "node:assert/strict";

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

import { Inspector } from "./axe.ts";
import { visitor } from "./browser.ts";

export class Reader {
  private constructor(
    readonly address: string,
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly inspector: Inspector,
  ) {}

  static async arrive(browser: Browser, address: string, device: BrowserContextOptions): Promise<Reader> {
    const context = await visitor(browser, { ...device, javaScriptEnabled: false });
    context.setDefaultTimeout(15_000);
    return new Reader(address, context, await context.newPage(), await Inspector.beside(context, device));
  }

  /** The same person in one more window. */
  async another_window(): Promise<Reader> {
    return new Reader(this.address, this.context, await this.context.newPage(), this.inspector);
  }

  /** Opens an address, whole or a path, and returns its status. */
  async open(address: string): Promise<number> {
    const answer = await this.page.goto(new URL(address, this.address).href);
    await this.inspector.look_at(this.page);
    return answer!.status();
  }

  /** Presses what has this name and waits for the page it leads to; its status. */
  async press(name: string, within = "main", role: "button" | "link" = "button"): Promise<number> {
    const arrived = this.page.waitForResponse(
      (answer) => answer.request().isNavigationRequest() && (answer.status() < 300 || answer.status() > 399),
    );
    await this.page.locator(within).getByRole(role, { name, exact: true }).first().click();
    const answer = await arrived;
    await this.page.waitForLoadState();
    await this.inspector.look_at(this.page);
    return answer.status();
  }

  follow = (name: string, within = "main") => this.press(name, within, "link");

  /** Types into the field with this label. */
  async type(label: string | RegExp, text: string): Promise<void> {
    await this.page.getByLabel(label).first().fill(text);
  }

  text = () => this.page.locator("main").innerText();
  path = () => new URL(this.page.url()).pathname;

  /** A request beside the page, with this person's cookies; a form, if given, is posted. */
  async ask(path: string, headers: Record<string, string> = {}, form?: Record<string, string>): Promise<Response> {
    const cookies = await this.context.cookies();
    return fetch(new URL(path, this.address), {
      method: form ? "POST" : "GET",
      headers: {
        ...headers,
        accept: "text/html,*/*;q=0.8",
        cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
        "sec-fetch-site": "same-origin",
      },
      body: form ? new URLSearchParams(form) : null,
      redirect: "manual",
    });
  }

  async sign_in(name: string, password: string): Promise<number> {
    await this.open("/sign-in");
    await this.type("Name", name);
    await this.type("Password", password);
    return this.press("Sign in");
  }

  async leave(): Promise<void> {
    await this.inspector.close();
    await this.context.close();
  }

  async sees(...sentences: string[]): Promise<void> {
    const text = await this.text();
    for (const sentence of sentences) assert.ok(text.includes(sentence), `"${sentence}" is not in:\n${text}`);
  }

  async sees_nothing_of(...secrets: string[]): Promise<void> {
    const page = await this.page.content();
    for (const secret of secrets) assert.ok(!page.includes(secret), `${this.page.url()} shows "${secret}"`);
  }
}
