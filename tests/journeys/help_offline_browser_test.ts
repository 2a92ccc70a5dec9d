// Help where there is no network, and a way out in haste: the page of helplines keeps a copy of itself, for one country
// and nothing else; leaving takes the page's place behind the back button and forgets that copy.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser, BrowserContext, Page } from "playwright-core";

import { Inspector } from "./support/axe.ts";
import { open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { Reader } from "./support/reader.ts";

const elsewhere = "https://www.wikipedia.org/";

describe("help on a phone", () => {
  let keepsake: Keepsake, browser: Browser, story: string, gated: string;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    const author = person(keepsake, "mara");
    const told = { title: "Eleven days", body: "We had eleven days.", state: "published", audience: ["public"], topics: ["pregnancy-loss"] };
    story = new URL((await author.post("/stories", told)).body.url, keepsake.address).pathname;
    const behind = { ...told, notes: ["loss of a baby"], help_at_gate: true };
    gated = new URL((await author.post("/stories", behind)).body.url, keepsake.address).pathname;
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  async function arrive(): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ ...phone, locale: "en-NZ" });
    await context.route(`${elsewhere}**`, (route) => route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title><p>Elsewhere." }));
    return { context, page: await context.newPage() };
  }

  const kept_in = (page: Page) => page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
    return found;
  });

  /** Opens the page of helplines and waits until its copy is whole. */
  async function open_and_keep(page: Page): Promise<void> {
    await page.goto(`${keepsake.address}/help?country=NZ&topic=violence&q=refuge`);
    await page.evaluate(async () => {
      while (!(await caches.match("/help", { ignoreVary: true }))) await new Promise((again) => setTimeout(again, 50));
      await navigator.serviceWorker.ready;
    });
  }

  test("is there without a network: the numbers, and not whether anybody answers now", async () => {
    const { context, page } = await arrive();
    await open_and_keep(page);
    assert.ok(await page.locator(".status").first().isVisible());
    assert.ok(!(await page.locator(".kept").isVisible()));
    await context.setOffline(true);
    await page.goto(`${keepsake.address}/help?topic=illness`);
    assert.ok(await page.getByText("This is a copy kept on this device").isVisible());
    assert.ok(await page.locator('a[href="tel:1737"]').first().isVisible());
    assert.equal(await page.locator(".status:visible").count(), 0);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).fontSize), "16px", "its looks come along");
    await assert.rejects(page.goto(`${keepsake.address}${story}`), "nothing else of this house is kept");
    await context.close();
  });

  test("keeps one page and what it needs, and nothing of what somebody looked for or read", async () => {
    const { context, page } = await arrive();
    await page.goto(`${keepsake.address}${story}`);
    await open_and_keep(page);
    await page.goto(`${keepsake.address}${story}`);
    const kept = await kept_in(page);
    assert.ok(kept.includes("/help"), kept.join(" "));
    assert.deepEqual(kept.filter((path) => path !== "/help" && !path.startsWith("/assets/")), []);
    const copy = await page.evaluate(async () => (await (await caches.match("/help", { ignoreVary: true }))!.text()));
    assert.ok(copy.includes("0800 543 354") && !copy.includes('value="refuge"'), "every line, and no search");
    await context.close();
  });

  test("is there where the network hangs, in the language and for the country that were chosen", async () => {
    const { context, page } = await arrive();
    await open_and_keep(page);
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.locator(".countries summary").click();
    await page.getByRole("button", { name: "Österreich" }).click();
    await page.evaluate(async () => {
      const copy = async () => (await caches.match("/help", { ignoreVary: true }))!.text();
      while (!(await copy()).includes('id="line-at-')) await new Promise((again) => setTimeout(again, 50));
    });
    process.kill(keepsake.pid, "SIGSTOP");
    try {
      await page.goto(`${keepsake.address}/help`);
      assert.equal(await page.locator("html").getAttribute("lang"), "de");
      assert.ok(await page.locator(".kept").isVisible());
      assert.ok(await page.locator('a[href="tel:142"]').first().isVisible());
    } finally {
      process.kill(keepsake.pid, "SIGCONT");
    }
    await context.close();
  });

  test("says no longer what is open when it stood open for long", async () => {
    const { context, page } = await arrive();
    await page.clock.install();
    await page.goto(`${keepsake.address}/help?country=NZ`);
    await page.clock.fastForward("09:00");
    assert.ok(await page.locator(".status").first().isVisible());
    await page.clock.fastForward("02:30");
    assert.ok(await page.locator(".kept").isVisible());
    assert.equal(await page.locator(".status:visible").count(), 0);
    await context.close();
  });

  test("leaving quickly takes the page's place, and nothing is kept any more", async () => {
    const { context, page } = await arrive();
    await page.goto(`${keepsake.address}/contact`);
    await open_and_keep(page);
    await page.getByRole("link", { name: "Leave quickly" }).click();
    await page.waitForURL(elsewhere);
    await page.goBack();
    assert.equal(new URL(page.url()).pathname, "/contact", "the way back does not lead to the page of helplines");
    assert.deepEqual(await kept_in(page), []);
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
    await context.close();
  });

  test("at a story's end and at its gate the way out stands too, and axe has nothing to say", async () => {
    const { context, page } = await arrive();
    const inspector = await Inspector.beside(context, phone);
    for (const path of [story, gated]) {
      await page.goto(keepsake.address + path);
      const help = page.getByRole("region", { name: "Where to get help" });
      assert.match(await help.innerText(), /Sands New Zealand/);
      assert.equal(await help.getByRole("link", { name: "Leave quickly" }).getAttribute("href"), elsewhere);
      await inspector.look_at(page);
    }
    assert.ok(!(await page.content()).includes("eleven days."), "the gate tells nothing of its story");
    const scripts = await page.evaluate(() => Promise.all([...document.scripts].map(async ({ src }) => (await (await fetch(src)).text()).length)));
    assert.ok(scripts.length === 1 && scripts[0]! < 600, `${scripts} bytes of script`);
    await context.close();
  });

  test("without script: another country by a button, which is remembered, and a search", async () => {
    const reader = await Reader.arrive(browser, keepsake.address, { ...phone, locale: "en-NZ" });
    await reader.open("/help");
    await reader.sees("Lines in New Zealand", "0800 543 354");
    await reader.page.locator(".countries summary").click();
    assert.equal(await reader.press("Ireland"), 200);
    await reader.sees("Lines in Ireland");
    await reader.open(story);
    assert.match(await reader.page.locator(".countries summary").innerText(), /Ireland/);
    await reader.page.locator(".countries summary").click();
    assert.equal(await reader.press("New Zealand"), 200);
    assert.equal(reader.path(), story, "and back where the button stood");
    await reader.open("/help");
    await reader.page.locator(".help-search summary").click();
    await reader.type("Search by name or number", "youthline");
    assert.equal(await reader.press("Show lines"), 200);
    await reader.sees("0800 376 633");
    for (const way of await reader.page.locator(".way").all()) assert.ok((await way.boundingBox())!.height >= 44);
    await reader.leave();
  });

  test("on paper: the numbers, and neither forms nor the way out", async () => {
    const { context, page } = await arrive();
    await page.goto(`${keepsake.address}${story}`);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.getByText("0800 543 354").first().isVisible());
    for (const unseen of [".leaving", ".countries", ".source"]) assert.equal(await page.locator(`${unseen}:visible`).count(), 0, unseen);
    await context.close();
  });
});
