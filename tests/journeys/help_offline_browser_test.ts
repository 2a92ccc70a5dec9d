// Help where there is no network, and a way out in haste: the page of helplines keeps a copy of itself, for one country
// and nothing else; leaving takes the page's place behind the back button and forgets that copy.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import type { Browser, BrowserContext, Page } from "playwright-core";

import { Inspector, look_at_live } from "./support/axe.ts";
import { open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
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

  /** Hours stand there, "day and night" among them, but not whether anybody answers at this moment. */
  async function sees_nothing_of_now(page: Page): Promise<void> {
    assert.ok(await page.locator(".now").count() > 0);
    assert.equal(await page.locator(".now:visible").count(), 0);
    assert.match(await page.locator("#line-nz-whatsup").innerText(), /0800 942 8787[^]*every day, 11.am to 11.pm/);
    assert.match(await page.locator("#line-nz-depression-helpline").innerText(), /0800 111 757[^]*Open day and night/);
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
    await sees_nothing_of_now(page);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).fontSize), "16px", "its looks come along");
    await assert.rejects(page.goto(`${keepsake.address}${story}`), "nothing else of this house is kept");
    await context.close();
  });

  test("nothing but the page of helplines passes the worker", async () => {
    const { context, page } = await arrive();
    await open_and_keep(page);
    assert.ok((await page.goto(`${keepsake.address}/help`))!.fromServiceWorker());
    const passed: string[] = [];
    page.on("response", (answer) => answer.fromServiceWorker() && passed.push(new URL(answer.url()).pathname));
    for (const path of [story, gated, "/", "/sign-in"]) await page.goto(keepsake.address + path);
    // The icon of the page before comes when the browser likes.
    assert.ok(passed.every((path) => path === "/assets/icon.svg"), `${passed}`);
    // Below its scope: its looks alone.
    await page.goto(`${keepsake.address}/help/lines/nz-sands/did-not-work`);
    assert.ok(passed.every((path) => path.startsWith("/assets/")), `${passed}`);
    await context.close();
  });

  test("a copy does not say who was signed in, and signing out forgets it", async () => {
    const { context, page } = await arrive();
    await page.goto(`${keepsake.address}/sign-in`);
    await page.getByLabel("Name").fill("mara");
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("link", { name: "My things" }).waitFor();
    await open_and_keep(page);
    await context.setOffline(true);
    await page.goto(`${keepsake.address}/help`);
    assert.ok(!/My things|\/things|mara/.test(await page.content()));
    await context.setOffline(false);
    await page.goto(`${keepsake.address}/things`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in" }).first().waitFor();
    assert.deepEqual(await kept_in(page), []);
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
    assert.ok(await page.locator("#line-nz-whatsup .now").isVisible());
    await page.clock.fastForward("02:30");
    assert.ok(await page.locator(".kept").isVisible());
    await sees_nothing_of_now(page);
    await look_at_live(page);
    await context.close();
  });

  test("leaving quickly takes the page's place, and nothing is kept any more", async () => {
    const { context, page } = await arrive();
    for (const path of ["/help?country=NZ", story, gated]) {
      await open_and_keep(page);
      await page.goto(`${keepsake.address}/contact`);
      await page.goto(keepsake.address + path);
      await page.getByRole("link", { name: "Leave quickly" }).click();
      await page.waitForURL(elsewhere);
      await page.goBack();
      assert.equal(new URL(page.url()).pathname, "/contact", `the way back does not lead to ${path}`);
      assert.deepEqual(await kept_in(page), [], path);
      assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0, path);
    }
    await context.close();
  });

  test("leaving quickly clears the screen at once, and asks the other site once, however slow it is", async () => {
    const { context, page } = await arrive();
    let asked = 0;
    await context.route(`${elsewhere}**`, async (route) => {
      asked++;
      await pause(1000);
      await route.fulfill({ contentType: "text/html", body: "<p>Elsewhere.</p>" }).catch(() => undefined);
    });
    await page.goto(keepsake.address + story);
    // A browser on its way to another site answers no question; the page itself notes what is seen.
    await page.evaluate(() => addEventListener("click", () => setTimeout(() => console.log(location.pathname, document.body.checkVisibility()), 200)));
    const noted = page.waitForEvent("console");
    await page.getByRole("link", { name: "Leave quickly" }).click({ noWaitAfter: true });
    assert.equal((await noted).text(), `${story} false`);
    await page.waitForURL(elsewhere);
    assert.equal(asked, 1);
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
    for (const path of ["/help", story, gated]) {
      await reader.open(path);
      await reader.page.locator(".countries summary").click();
      for (const pressed of await reader.page.locator(".help :is(summary, button, a.way, a.leave):visible").all()) {
        const { height } = (await pressed.boundingBox())!;
        assert.ok(height >= 44, `${path}: ${await pressed.innerText()} is ${height} px high`);
      }
    }
    await reader.context.route(`${elsewhere}**`, (route) => route.fulfill({ contentType: "text/html", body: "<p>Elsewhere.</p>" }));
    await reader.page.getByRole("link", { name: "Leave quickly" }).click();
    await reader.page.waitForURL(elsewhere);
    await reader.leave();
  });

  test("on paper: the numbers and hours, nothing of now, and neither forms nor the way out", async () => {
    const { context, page } = await arrive();
    for (const path of [story, "/help?country=NZ"]) {
      await page.goto(keepsake.address + path);
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.getByText("0800 543 354").first().isVisible());
      for (const unseen of [".leaving", ".countries", ".help-search", ".source", "form", ".now"]) assert.equal(await page.locator(`${unseen}:visible`).count(), 0, `${path} ${unseen}`);
    }
    await sees_nothing_of_now(page);
    await context.close();
  });
});
