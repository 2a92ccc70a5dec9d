// A real Chromium, as a reader has it: Debian's own, with nothing remembered from before.
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from "playwright-core";

/** Starts the browser; root (in a container, say) has none of the kernel's rights that its own sandbox needs. */
export async function open_browser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

/** A person of their own: no cookie shared with any other. */
export async function visitor(browser: Browser, device: BrowserContextOptions = desktop): Promise<BrowserContext> {
  return browser.newContext({ locale: "en-GB", ...device });
}
