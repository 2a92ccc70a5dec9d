// Before any journey: is there a browser, and does it show a page as a phone would?
import assert from "node:assert/strict";
import { test } from "node:test";

import { open_browser, phone, visitor } from "./support/browser.ts";

test("a browser shows a page at the width of a phone", async () => {
  const browser = await open_browser();
  try {
    const page = await (await visitor(browser, phone)).newPage();
    await page.setContent('<meta name="viewport" content="width=device-width"><h1 dir="auto">Kia ora</h1>');
    assert.equal(await page.textContent("h1"), "Kia ora");
    assert.equal(await page.evaluate(() => innerWidth), 390);
  } finally {
    await browser.close();
  }
});
