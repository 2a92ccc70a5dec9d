// A person who writes in a browser with scripts, as most do.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

import { look_at_live } from "./axe.ts";
import { desktop, visitor } from "./browser.ts";
import { password } from "./people.ts";

export class Writer {
  /** What the browser had to complain about: refused scripts and styles, faults. */
  readonly complaints: string[] = [];

  private constructor(readonly address: string, readonly context: BrowserContext, public page: Page) {}

  static async arrive(browser: Browser, address: string, name: string, device: BrowserContextOptions = desktop): Promise<Writer> {
    const context = await visitor(browser, device);
    context.setDefaultTimeout(15_000);
    const writer = new Writer(address, context, await context.newPage());
    writer.listen(writer.page);
    await writer.sign_in(name);
    return writer;
  }

  private listen(page: Page): void {
    page.on("pageerror", (fault) => this.complaints.push(`${fault}`));
    page.on("console", (line) => {
      if (line.type() === "error" && /Content Security Policy|Uncaught/.test(line.text())) this.complaints.push(line.text());
    });
  }

  async sign_in(name: string): Promise<void> {
    await this.page.goto(`${this.address}/sign-in`);
    await this.page.getByLabel("Name").fill(name);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await this.page.waitForURL(`${this.address}/`);
  }

  /** Opens a writing page and waits until it is ready for typing. */
  async open(path: string, page = this.page): Promise<void> {
    await page.goto(this.address + path);
    await page.locator("#story-form[data-ready]").waitFor({ timeout: 60_000 });
  }
  /** Goes on in a window of its own, with what this browser keeps. */
  async new_window(): Promise<Page> {
    const page = await this.context.newPage();
    this.listen(page);
    return page;
  }

  get words() {
    return this.page.locator(".editor .writing");
  }
  /** Puts the cursor before the first word. */
  async begin(page = this.page): Promise<void> {
    await page.locator(".editor .writing").click();
    await pause(100);  // shortly after it was entered the editor sets the cursor once more; no hand is as quick
    await page.keyboard.press("Control+Home");
  }
  text = () => this.words.innerText();
  state = () => this.page.locator("#save-state").getAttribute("data-state");
  async kept(state = "saved", page = this.page): Promise<void> {
    await page.locator(`#save-state[data-state="${state}"]`).waitFor();
  }
  story = () => /\/stories\/([a-z2-7]{26})/.exec(this.page.url())?.[1];

  look = () => look_at_live(this.page);

  async leave(): Promise<void> {
    await this.context.close();
    assert.deepEqual(this.complaints, []);
  }
}
