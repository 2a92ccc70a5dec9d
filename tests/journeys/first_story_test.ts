// How far it is from an empty place to a photo that a guest sees on a phone of their own: counted, as a person with one
// thumb would count it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser, Locator, Page } from "playwright-core";

import { open_browser, phone, visitor } from "./support/browser.ts";
import { corpus_photo, has_corpus } from "./support/corpus.ts";
import { Keepsake } from "./support/keepsake.ts";
import { picture } from "./support/pictures.ts";

/** A thumb that counts what it is asked for. */
class Thumb {
  taps = 0;
  typed = 0;
  pages = 0;

  constructor(readonly page: Page) {
    page.on("domcontentloaded", () => this.pages++);
  }

  async tap(target: Locator): Promise<void> {
    this.taps++;
    await target.click();
  }
  /** A field is tapped, then typed into. */
  async type(label: string | RegExp, text: string): Promise<void> {
    this.typed++;
    await this.tap(this.page.getByLabel(label).first());
    await this.page.getByLabel(label).first().fill(text);
  }
  press = (name: string) => this.tap(this.page.getByRole("button", { name, exact: true }).first());
  follow = (name: string) => this.tap(this.page.getByRole("link", { name, exact: true }).first());
}

describe("the first story", () => {
  let keepsake: Keepsake, browser: Browser;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  test("from an empty place to a photo that a guest sees, in few steps", async (context) => {
    const begun = Date.now();
    const page = await (await visitor(browser, phone)).newPage();
    const host = new Thumb(page);
    await page.goto(/http:\S+\/setup\/\S+/.exec(keepsake.printed)![0]);
    await host.type("Name", "mara");
    await host.type("The name people see", "Mara");
    await host.type("Password", "a quiet place by the sea");
    await host.press("Begin");
    const words = await page.locator("ol.phrase li").allInnerTexts();
    for (const label of await page.locator("main form label").allInnerTexts())
      await host.type(label, words[Number(/\d+/.exec(label)![0]) - 1]!);
    await host.press("I have written them down");
    await host.follow("To the first page");
    const to_begin_with = { ...host };

    await host.follow("Tell a story");
    await page.locator("#story-form[data-ready]").waitFor();
    await host.type(/^Title/, "The week in March");
    await host.tap(page.locator(".editor .writing"));
    await page.keyboard.type("We had eleven days.");
    host.typed++;
    const chosen = page.waitForEvent("filechooser");
    await host.press("Photo");
    host.taps++;  // in the phone's own list of photos
    await (await chosen).setFiles(has_corpus ? corpus_photo("iphone_hdr_NO.jpg") : { name: "one.png", mimeType: "image/png", buffer: picture(90, 3264, 2448) });
    await page.locator(".writing .placed-photo img").waitFor();
    await host.press("Publish");
    await page.waitForURL(/publish$/);
    await host.press("Publish");
    await page.waitForURL(/stories\/\w{26}$/);
    await host.follow("Guest links");
    await host.type("Who is it for?", "Grandma");
    await host.press("Make a link");
    const link = await page.locator("input.secret").inputValue();

    const arrived = await (await visitor(browser, phone)).newPage();
    const guest = new Thumb(arrived);
    await arrived.goto(link);
    await guest.press("Open");
    await arrived.waitForFunction(() => [...document.images].some((image) => image.complete && image.naturalWidth > 0));
    const seconds = (Date.now() - begun) / 1000;

    context.diagnostic(`the host: ${host.taps} taps, ${host.typed} fields, ${host.pages} pages (to begin with, once: ${to_begin_with.taps}, ${to_begin_with.typed}, ${to_begin_with.pages})`);
    context.diagnostic(`the guest: ${guest.taps} taps, ${guest.typed} fields, ${guest.pages} pages; all of it took the browser ${seconds} s`);
    assert.ok(host.taps <= 20 && host.pages <= 9, `${host.taps} taps, ${host.pages} pages`);
    assert.ok(guest.taps <= 1 && guest.pages <= 2, `${guest.taps} taps, ${guest.pages} pages`);
  });
});
