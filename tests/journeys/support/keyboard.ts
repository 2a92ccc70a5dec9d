// A person who goes by the keyboard alone.
import assert from "node:assert/strict";

import type { Page } from "playwright-core";

/** Tabs from where the focus is to the control or the photo of this name, presses Enter, waits for the page it leads to. */
export async function go_by_keyboard(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < 80; stop++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement;
      return (at.querySelector("img")?.alt ?? at.innerText ?? "").trim();
    });
    if (here !== name) continue;
    const arrived = page.waitForNavigation();
    await page.keyboard.press("Enter");
    await arrived;
    return;
  }
  assert.fail(`${page.url()}: "${name}" cannot be reached by the keyboard`);
}
