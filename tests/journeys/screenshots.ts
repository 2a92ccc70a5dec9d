// Every page as a picture, on a phone and on a desk, in the light and in the dark: `tests/journeys/screenshots FOLDER`.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { open_browser } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { Onlooker } from "./support/onlooker.ts";
import { all_cookies } from "./support/visits.ts";
import { make_pages } from "./pages_world.ts";

const [folder, ...names] = process.argv.slice(2);
if (!folder) throw new Error("Where to? tests/journeys/screenshots FOLDER [PAGE...]");

const keepsake = await Keepsake.start();
const empty = await Keepsake.start();
const browser = await open_browser();
try {
  const world = await make_pages(keepsake, empty);
  const cookies = await all_cookies(keepsake.address, world);
  mkdirSync(folder, { recursive: true });
  const pages = world.pages.filter(({ name }) => !names.length || names.includes(name));
  for (const width of [360, 1280]) {
    for (const who of new Set(pages.map(({ as }) => as))) {
      const mobile = width < 600 ? { deviceScaleFactor: 2, hasTouch: true, isMobile: true } : {};
      const onlooker = await Onlooker.arrive(browser, keepsake.address, { viewport: { width, height: width < 600 ? 740 : 900 }, ...mobile }, cookies[who]);
      for (const { name, path } of pages.filter(({ as }) => as === who)) {
        await onlooker.open(path);
        await onlooker.read_through();
        for (const colorScheme of ["light", "dark"] as const) {
          await onlooker.page.emulateMedia({ colorScheme });
          await onlooker.page.screenshot({ path: join(resolve(folder), `${name}-${width}-${colorScheme}.png`), fullPage: true });
        }
      }
      await onlooker.leave();
    }
  }
  console.log(`${pages.length * 4} pictures in ${resolve(folder)}`);
} finally {
  await browser.close();
  await empty.end();
  await keepsake.end();
}
