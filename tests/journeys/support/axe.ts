// axe-core on a page as a reader has it. Axe needs JavaScript, readers here have none: so a copy of the page is
// opened in a window that has.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";

import { visitor } from "./browser.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Opens what `page` shows once more in `window`, with the same cookies for what belongs to it. */
async function copy(page: Page, window: Page): Promise<void> {
  const body = await page.content();
  await window.context().clearCookies();
  await window.context().addCookies(await page.context().cookies());
  await window.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }), { times: 1 });
  await window.goto(page.url());
}

/** What axe has to say of a page as it stands. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (values) => {
    const { violations } = await (globalThis as any).axe.run(document, { runOnly: { type: "tag", values } });
    return violations.flatMap((rule: any) => rule.nodes.map((node: any) => `${rule.id}: ${node.html} ${node.failureSummary}`));
  }, rules);
}

/** Asserts the same of a page that runs scripts of its own, as it stands. */
export async function look_at_live(page: Page): Promise<void> {
  assert.deepEqual(await violations(page), [], page.url());
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(beyond <= 0, `${page.url()} is ${beyond} px wider than its window`);
}

/** A second window beside a reader's, on a device like theirs, in which axe looks at what they look at. */
export class Inspector {
  private constructor(private readonly window: Page) {}

  static async beside(context: BrowserContext, device: BrowserContextOptions): Promise<Inspector> {
    const window = await (await visitor(context.browser()!, device)).newPage();
    // What readers without JavaScript have is looked at as they have it.
    await window.route(/\/assets\/.*\.js/, (route) => route.abort());
    return new Inspector(window);
  }

  /** Asserts that axe has nothing to say of the page, and that it is no wider than its window. */
  async look_at(page: Page): Promise<void> {
    await copy(page, this.window);
    await look_at_live(this.window);
  }

  close = () => this.window.context().close();
}
