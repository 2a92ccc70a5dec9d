// The pictures of README.md: the demo as a reader and an author have it. Run by tools/screenshots.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { desktop, open_browser, phone, visitor } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";

const folder = process.env.KEEPSAKE_SCREENSHOTS!;
const most_bytes = 150_000;

interface Shot {
  name: string;
  device: BrowserContextOptions;
  as?: string;
  open: (page: Page) => Promise<unknown>;
}

const story = (title: string) => async (page: Page) => {
  await page.goto("/");
  await page.getByRole("link", { name: title, exact: true }).first().click();
};
const shots: Shot[] = [
  { name: "story", device: desktop, open: story("A lake in March") },
  { name: "gate", device: phone, as: "claire", open: story("Eleven days") },
  { name: "home", device: phone, as: "hannah", open: (page) => page.goto("/") },
  { name: "arabic", device: phone, open: story("مطرٌ على النافذة") },
  { name: "dark", device: { ...phone, colorScheme: "dark" }, as: "haruko", open: story("父の散歩道") },
];

/** The picture as WebP below the bound, drawn by the browser itself. */
async function webp(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  for (let quality = 0.86; quality > 0.3; quality -= 0.08) {
    const drawn = await page.evaluate(
      async ([source, quality]) => {
        const image = new Image();
        image.src = `data:image/png;base64,${source}`;
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = image.width;
        canvas.height = image.height;
        canvas.getContext("2d")!.drawImage(image, 0, 0);
        return canvas.toDataURL("image/webp", quality);
      },
      [png.toString("base64"), quality] as const,
    );
    const bytes = Buffer.from(drawn.split(",")[1]!, "base64");
    if (bytes.length < most_bytes) return bytes;
  }
  throw new Error("no picture is small enough");
}

const keepsake = await Keepsake.start();
const browser = await open_browser();
try {
  const told = keepsake.command(["demo", "--port", String(keepsake.port)]);
  assert.equal(told.code, 0, told.err);
  for (const { name, device, as, open } of shots) {
    const context = await visitor(browser, { ...device, baseURL: keepsake.address, reducedMotion: "reduce" });
    const page = await context.newPage();
    if (as) {
      await page.goto("/sign-in");
      await page.getByLabel("Name", { exact: true }).fill(as);
      await page.getByLabel("Password", { exact: true }).fill(new RegExp(`^  ${as} +(\\S+)`, "m").exec(told.out)![1]!);
      await page.locator("main").getByRole("button", { name: "Sign in", exact: true }).click();
    }
    await open(page);
    await page.waitForLoadState("networkidle");
    const bytes = await webp(browser, await page.screenshot({ type: "png" }));
    writeFileSync(join(folder, `${name}.webp`), bytes);
    console.log(`${name}.webp: ${bytes.length} bytes`);
    await context.close();
  }
} finally {
  await browser.close();
  await keepsake.end();
}
