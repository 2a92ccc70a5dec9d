// Every page on a phone and on a desk, in the light and in the dark: axe has nothing to say, nothing moves while it
// comes, nothing sticks out, and a screen reader is told the same in the same order.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser, BrowserContextOptions } from "playwright-core";

import { open_browser } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { assert_well_told, type Cookies, Onlooker, outline, within_main } from "./support/onlooker.ts";
import { all_cookies } from "./support/visits.ts";
import { make_pages, type PagesWorld, type Shown, type Who } from "./pages_world.ts";

const widths: Record<string, BrowserContextOptions> = {
  "360 px": { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  "1280 px": { viewport: { width: 1280, height: 900 } },
};

describe("every page", () => {
  let keepsake: Keepsake, empty: Keepsake, browser: Browser, world: PagesWorld, cookies: Record<Who, Cookies>;

  before(async () => {
    keepsake = await Keepsake.start();
    empty = await Keepsake.start();
    world = await make_pages(keepsake, empty);
    cookies = await all_cookies(keepsake.address, world);
    browser = await open_browser();
  });
  after(async () => {
    await browser?.close();
    await empty?.end();
    await keepsake?.end();
  });

  const arrive = (device: BrowserContextOptions, who: Who = "nobody") => Onlooker.arrive(browser, keepsake.address, device, cookies[who]);

  /** Opens every page, one onlooker for each person; the faults found, not the first alone. */
  async function visit(device: BrowserContextOptions, look: (onlooker: Onlooker, page: Shown) => Promise<string[]>): Promise<void> {
    const faults: string[] = [];
    for (const who of ["nobody", "guest", "mara", "tane"] as const) {
      const onlooker = await arrive(device, who);
      for (const page of world.pages.filter(({ as }) => as === who)) {
        assert.equal(await onlooker.open(page.path), page.status ?? 200, page.name);
        faults.push(...(await look(onlooker, page)).map((fault) => `${page.name}: ${fault}`));
      }
      await onlooker.leave();
    }
    assert.deepEqual(faults, []);
  }

  for (const [width, device] of Object.entries(widths)) {
    test(`at ${width}: nothing moves, nothing sticks out, nothing is too small, all is told in order`, () =>
      visit(device, async (onlooker, page) => {
        await onlooker.read_through();
        assert_well_told(await onlooker.told(), page.name);
        return [...(await onlooker.shifts()).map((shift) => `moved by ${shift}`), ...(await onlooker.beyond()), ...(await onlooker.too_small())];
      }));

    test(`at ${width}: axe has nothing to say in the light, in the dark and with forced colours`, () =>
      visit(device, async (onlooker) => {
        const faults: string[] = [];
        for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }] as const) {
          await onlooker.page.emulateMedia(media);
          faults.push(...(await onlooker.violations()).map((fault) => `${JSON.stringify(media)} ${fault}`));
        }
        await onlooker.page.keyboard.press("Tab");
        const outlined = await onlooker.page.evaluate(() => parseFloat(getComputedStyle(document.activeElement!).outlineWidth));
        await onlooker.page.emulateMedia({ forcedColors: "none" });
        return outlined >= 2 ? faults : [...faults, "focus is not seen with forced colours"];
      }));
  }

  test("nothing sticks out at 320 px, nor with text twice as large at 360 and 640 px", () =>
    visit({ viewport: { width: 320, height: 640 } }, async (onlooker) => {
      const faults = await onlooker.beyond();
      await onlooker.enlarge_text();
      for (const width of [360, 640]) {
        await onlooker.page.setViewportSize({ width, height: 640 });
        faults.push(...(await onlooker.beyond()).map((fault) => `twice as large: ${fault}`));
      }
      await onlooker.page.setViewportSize({ width: 320, height: 640 });
      return faults;
    }));

  test("nothing moves of itself, least of all for whoever asked for less", () =>
    visit({ ...widths["1280 px"], reducedMotion: "reduce" }, (onlooker) =>
      onlooker.page.evaluate(() => document.getAnimations().map((animation) => `runs ${animation.playState}`))));

  test("a story, its photo and the gate as a screen reader meets them", async () => {
    const onlooker = await arrive(widths["1280 px"]!);
    await onlooker.open(world.story);
    // Below the last heading stand the groups and names of lines, which are the country's.
    const outlined = outline(await onlooker.told());
    const lines = outlined.filter((one) => /^h[34]: /.test(one));
    assert.ok(lines.includes("h3: If a life is in danger, or it cannot wait"));
    assert.deepEqual(outlined.filter((one) => !lines.includes(one)), [
      "banner", "navigation: Pages", "main", "h1: The week in March", "h2: The first evening", "h2: What the days were like", "h2: Where to get help", "contentinfo",
    ]);
    const photos = (await onlooker.told()).filter(({ role }) => role === "image");
    assert.deepEqual(photos.map(({ name }) => name), [
      "A lake between hills, without wind.", "A narrow valley in the afternoon.",
      "A square with an old tower.", "A photo without a description.",
    ]);
    await onlooker.open(`${world.story}/photos/2`);
    assert.deepEqual(outline(await onlooker.told()), ["banner", "navigation: Pages", "main", "h1: Photo 2 of 4", "navigation: Photos of this story", "contentinfo"]);
    const links = within_main(await onlooker.told()).filter(({ role }) => role === "link").map(({ name }) => name);
    assert.deepEqual(links, ["The week in March", "Previous", "Back to the story", "Next"]);
    await onlooker.leave();

    const reader = await arrive(widths["1280 px"]!, "mara");
    await reader.open(world.gated);
    const gate = within_main(await reader.told()).filter(({ role }) => ["heading", "button", "link"].includes(role));
    assert.deepEqual(gate.map(({ role, name }) => `${role}: ${name}`), [
      "heading: Before you read", "button: Read the story", "button: Read the descriptions only", "link: Not now",
    ]);
    await reader.leave();
  });

  test("arriving, signing in, writing and the question who, as a screen reader meets them", async () => {
    const spoken = async (onlooker: Onlooker) => within_main(await onlooker.told())
      .filter(({ role }) => ["heading", "button", "link", "textbox", "checkbox", "DisclosureTriangle", "toolbar"].includes(role))
      .map(({ role, name }) => `${role}: ${name}`);
    const guest = await arrive(widths["1280 px"]!);
    await guest.open(world.guest_link);
    assert.deepEqual(await spoken(guest), [
      "heading: Grandma, Tāne shared something with you", "button: Open",
    ]);
    await guest.open("/sign-in");
    assert.deepEqual(await spoken(guest), [
      "heading: Sign in", "textbox: Name", "textbox: Password", "button: Sign in", "link: I forgot my password",
    ]);
    await guest.leave();
    const writer = await arrive(widths["1280 px"]!, "mara");
    await writer.open("/stories/new");
    await writer.page.locator("#story-form[data-ready]").waitFor();
    assert.deepEqual(await spoken(writer), [
      "heading: Tell a story", "textbox: Title (optional)",
      "toolbar: How the words look", "button: Heading", "button: Quote", "button: List", "button: Bold", "button: Italic",
      "button: Undo", "button: Link", "button: Photo", "button: Plain text", "textbox: Your words", "button: Add photos",
      "DisclosureTriangle: Content notes (optional)", "DisclosureTriangle: Where to get help (optional)", "DisclosureTriangle: Language of the story",
      "textbox: Named people (optional)", "checkbox: The circle Family", "checkbox: The circle People who have lived this",
      "DisclosureTriangle: More: everyone here, or everyone", "button: Keep as a draft", "button: Publish",
    ]);
    await writer.open(`${world.draft}/publish`);
    assert.deepEqual(await spoken(writer), [
      "heading: This is what will happen", "heading: What I could not say then", "button: Publish", "link: Change something first",
    ]);
    await writer.leave();
  });
});
