// Every page by the keyboard alone: past the header by the skip link, to every control, and always seen where.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser, Page } from "playwright-core";

import type { Api } from "./support/api.ts";
import { desktop, open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { Reader } from "./support/reader.ts";

interface Focused {
  control: number; // its place among the page's controls, or -1
  what: string;
  outlined: boolean;
  in_sight: boolean;
}

const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";

function focused(page: Page): Promise<Focused> {
  return page.evaluate((selector) => {
    const here = document.activeElement as HTMLElement;
    const style = getComputedStyle(here);
    const box = here.getBoundingClientRect();
    return {
      control: [...document.querySelectorAll(selector)].indexOf(here),
      what: here.outerHTML.slice(0, 120),
      outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      in_sight: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  }, controls);
}

/** Tabs through the page from its beginning; asserts that focus is seen at every stop and misses no control. */
async function tab_through(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  const number = await page.locator(controls).count();
  const seen = new Set<number>();
  // A field for a day has a stop for each of its parts.
  for (let stop = 0; stop < number + 20 && seen.size < number; stop++) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    if (here.control < 0) continue;
    assert.ok(here.outlined, `${page.url()}: nothing shows the focus on ${here.what}`);
    assert.ok(here.in_sight, `${page.url()}: focus is out of sight on ${here.what}`);
    seen.add(here.control);
  }
  assert.equal(seen.size, number, `${page.url()}: ${number - seen.size} controls cannot be reached`);
}

describe("every page by the keyboard alone", () => {
  let keepsake: Keepsake, browser: Browser, mara: Api, pages: string[], gated: string;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara", ["--host"]);
    const tane = person(keepsake, "tane");
    const own = (await mara.post("/stories", { title: "The week in March", state: "published" })).body.url;
    await mara.post(`${own}/links`, { name: "Grandma" });
    await mara.post("/circles", { name: "Us", people: ["tane"] });
    const theirs = { title: "Winter", notes: ["hospital"], audience: ["members"], state: "published" };
    gated = (await tane.post("/stories", theirs)).body.url;
    pages = ["/", "/stories/new", own, `${own}/edit`, `${own}/links`, gated, "/photos", "/circles", "/trash"];
    pages.push("/invitations", "/things", "/links", "/account", "/account/sessions", "/account/second-step", "/account/passkeys", "/account/recovery-codes", "/account/tokens", "/blocks", "/nowhere");
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  for (const [name, device] of Object.entries({ phone, desktop })) {
    test(`signing in, then every control, on a ${name}`, async () => {
      const reader = await Reader.arrive(browser, keepsake.address, device);
      const { page } = reader;
      await reader.open("/sign-in");
      await page.getByLabel("Name").focus();
      await page.keyboard.type("mara");
      await page.keyboard.press("Tab");
      await page.keyboard.type(password);
      await page.keyboard.press("Enter");
      await page.waitForURL(`${keepsake.address}/`);
      for (const path of pages) {
        await reader.open(path);
        await tab_through(page);
      }
      await reader.leave();
    });
  }

  test("the skip link leads to the content; the gate opens by Enter", async () => {
    const reader = await Reader.arrive(browser, keepsake.address, desktop);
    await reader.sign_in("mara", password);
    const { page } = reader;
    await reader.open(gated);
    await page.keyboard.press("Tab");
    const first = await focused(page);
    assert.match(first.what, /class="skip"/);
    assert.ok(first.in_sight && first.outlined);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.match((await focused(page)).what, /value="all"/);
    const arrived = page.waitForNavigation();
    await page.keyboard.press("Enter");
    await arrived;
    await reader.sees("Winter");
    await reader.leave();
  });
});
