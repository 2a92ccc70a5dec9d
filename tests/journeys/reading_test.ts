// Reading, as people do it: by the keyboard alone and without script, with a finger, on paper, over a slow line.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";

import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { Api } from "./support/api.ts";
import { desktop, open_browser, phone } from "./support/browser.ts";
import { go_by_keyboard } from "./support/keyboard.ts";
import { Keepsake } from "./support/keepsake.ts";
import { type Cookies, Onlooker, weight } from "./support/onlooker.ts";
import { password } from "./support/people.ts";
import { Reader } from "./support/reader.ts";
import { all_cookies } from "./support/visits.ts";
import { make_pages, type PagesWorld, type Who } from "./pages_world.ts";

const path_of = (page: Page) => new URL(page.url()).pathname;

describe("reading", () => {
  let keepsake: Keepsake, empty: Keepsake, browser: Browser, world: PagesWorld, cookies: Record<Who, Cookies>;

  before(async () => {
    keepsake = await Keepsake.start();
    empty = await Keepsake.start();
    world = await make_pages(keepsake, empty);
    cookies = await all_cookies(keepsake.address, world);
    browser = await open_browser();
  });
  // One whose test failed has not left, and would slow down whoever comes next.
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  after(async () => {
    await browser?.close();
    await empty?.end();
    await keepsake?.end();
  });

  const onlooker = (device: BrowserContextOptions, who: Who = "nobody") => Onlooker.arrive(browser, keepsake.address, device, cookies[who]);

  for (const [name, device] of Object.entries({ phone, desktop })) {
    test(`by the keyboard alone and without script, on a ${name}: a story, its photos one by one, and back`, async () => {
      const reader = await Reader.arrive(browser, keepsake.address, device);
      const { page } = reader;
      await reader.open("/");
      await go_by_keyboard(page, "The week in March");
      await reader.open(world.story);
      await go_by_keyboard(page, "A narrow valley in the afternoon.");
      assert.equal(path_of(page), `${world.story}/photos/2`);
      await reader.sees("Photo 2 of 4");
      await go_by_keyboard(page, "Next");
      await reader.sees("Photo 3 of 4", "It was warm for March");
      await go_by_keyboard(page, "Next");
      assert.equal(await page.getByRole("link", { name: "Next" }).count(), 0);
      await go_by_keyboard(page, "Previous");
      await go_by_keyboard(page, "Back to the story");
      assert.equal(path_of(page), world.story);
      const top = await page.locator("#photo-3").evaluate((figure) => figure.getBoundingClientRect().top);
      assert.ok(top > -5 && top < device.viewport!.height, `the photo is at ${top} px`);
      await go_by_keyboard(page, "Everything Mara Lindqvist-Ōtāwhao tells here, from the beginning");
      assert.equal(path_of(page), "/@mara");
      const titles = await page.locator(".stories > li > a").allInnerTexts();
      assert.equal(titles[0], "The week in March", "from the beginning");
      await reader.leave();
    });

    test(`by the keyboard alone and without script, on a ${name}: a guest, the gate, the descriptions, the photos`, async () => {
      const reader = await Reader.arrive(browser, keepsake.address, device);
      const { page } = reader;
      const images: string[] = [];
      page.on("request", (request) => request.resourceType() === "image" && !request.url().includes("/assets/") && images.push(request.url()));
      await reader.open(world.guest_link);
      await reader.sees("Grandma, Tāne shared something with you");
      await go_by_keyboard(page, "Open");
      assert.equal(path_of(page), world.gated);
      await reader.sees("Before you read", "hospital", "There is no hurry.");
      for (const number of [1, 2, 500]) {
        assert.equal(await reader.open(`${world.gated}/photos/${number}`), 200);
        await reader.sees("Before you read");
      }
      await go_by_keyboard(page, "Read the descriptions only");
      assert.equal(path_of(page), world.gated);
      await reader.sees("It snowed on the way home.", "A road in snow.");
      await go_by_keyboard(page, "See the photos one by one");
      await reader.sees("Photo 1 of 1", "A road in snow.", "The road home.");
      assert.deepEqual(images, [], "no photo before all is accepted");
      await go_by_keyboard(page, "Show the photos");
      await reader.open(`${world.gated}/photos/1`);
      assert.ok(images.length > 0);
      await reader.leave();
    });
  }

  test("the arrow keys turn the photos over, and stay out of the way where they mean something else", async () => {
    const reader = await onlooker(desktop);
    const { page } = reader;
    await reader.open(`${world.story}/photos/1`);
    const turned = async (key: string, number: number) => {
      await Promise.all([page.waitForURL(`**/photos/${number}`), page.keyboard.press(key)]);
    };
    await turned("ArrowRight", 2);
    await turned("ArrowRight", 3);
    await turned("ArrowLeft", 2);
    await turned("ArrowLeft", 1);
    for (const key of ["ArrowLeft", "Shift+ArrowRight", "Alt+ArrowDown", "ArrowDown"]) {
      await page.keyboard.press(key);
      await pause(150);
      assert.equal(path_of(page), `${world.story}/photos/1`, key);
    }
    await reader.leave();
  });

  test("a finger turns the photos over; up and down it only scrolls", async () => {
    const reader = await onlooker(phone);
    const { page } = reader;
    await reader.open(`${world.story}/photos/1`);
    const session = await reader.context.newCDPSession(page);
    const draw = async (from: [number, number], to: [number, number]) => {
      const at = ([x, y]: [number, number]) => [{ x, y }];
      await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(from) });
      await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(to) });
      await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    };
    await Promise.all([page.waitForURL("**/photos/2"), draw([300, 400], [120, 410])]);
    await Promise.all([page.waitForURL("**/photos/1"), draw([120, 400], [300, 390])]);
    for (const [from, to] of [[[200, 500], [120, 250]], [[200, 400], [170, 400]], [[385, 400], [120, 400]]] as [[number, number], [number, number]][]) {
      await draw(from, to);
      await pause(150);
      assert.equal(path_of(page), `${world.story}/photos/1`, `${from} to ${to}`);
    }
    await reader.leave();
  });

  test("photos that come late move nothing, and only those near are fetched", async () => {
    const reader = await onlooker(phone);
    const fetched: string[] = [];
    await reader.page.route("**/photos/*/*", async (route) => {
      if (/\/photos\/\w{20,}\//.test(route.request().url())) {
        fetched.push(route.request().url());
        await pause(400);
      }
      await route.continue();
    });
    await reader.open(world.story);
    assert.ok(fetched.length >= 1 && fetched.length < world.photos, `${fetched.length} of ${world.photos} at once`);
    await reader.read_through();
    assert.equal(fetched.length, world.photos);
    assert.deepEqual(await reader.shifts(), []);
    assert.ok(fetched.every((url) => url.endsWith("/1024")), `on a phone of 780 dots: ${fetched}`);
    await reader.leave();
  });

  test("a story of words is small: page and style within 30 KB, and no script but the one to leave quickly by", async (context) => {
    const reader = await onlooker(phone);
    const sizes = await reader.weigh();
    await reader.open(world.words_alone);
    await pause(300);
    const total = weight(sizes);
    context.diagnostic(`${total} bytes in ${sizes.length} requests: ${sizes.map(([url, size]) => `${new URL(url).pathname.split("/")[1]} ${size}`).join(", ")}`);
    assert.ok(total <= 30 * 1024, JSON.stringify(sizes));
    assert.ok(sizes.length <= 4 && !sizes.some(([url]) => url.includes(".js") && !url.includes("/leave.js")), JSON.stringify(sizes));
    const script = (await new Api(keepsake.address).get("/assets/turning.js")).bytes;
    context.diagnostic(`script of a photo's page: ${gzipSync(script).length} bytes`);
    assert.ok(gzipSync(script).length <= 10 * 1024);
    await reader.leave();
  });

  test("over a slow line, on a slow phone: nothing moves, not even when the editor comes", async (context) => {
    const ways: [Who, Record<string, string>][] = [
      ["nobody", { words: world.words_alone, photos: world.story, photo: `${world.story}/photos/1`, "sign-in": "/sign-in" }],
      ["mara", { home: "/", writing: "/stories/new", editing: `${world.story}/edit` }],
    ];
    for (const [who, pages] of ways) {
      const reader = await onlooker(phone, who);
      const session = await reader.context.newCDPSession(reader.page);
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 });
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      for (const [name, path] of Object.entries(pages)) {
        await reader.open(path);
        if (path.endsWith("/new") || path.endsWith("/edit")) await reader.page.locator("#story-form[data-ready]").waitFor();
        await pause(500);
        const { at, what } = await reader.largest_paint();
        context.diagnostic(`${name}: largest paint ${what} after ${at} ms at 1.6 Mbit/s, 150 ms, a fourth of the processor`);
        assert.deepEqual(await reader.shifts(), [], name);
      }
      await reader.leave();
    }
  });

  test("on paper: the words and every photo, nothing to press", async () => {
    const reader = await onlooker({ ...desktop, colorScheme: "dark" }, "mara");
    const { page } = reader;
    const fetched = new Set<string>();
    page.on("requestfinished", (request) => /\/photos\/\w{20,}\//.test(request.url()) && fetched.add(new URL(request.url()).pathname.split("/")[2]!));
    await reader.open(world.story);
    await page.emulateMedia({ media: "print" });
    for (const gone of [".page-header", ".page-footer", ".tools", ".after-story", ".skip"]) assert.ok(!(await page.locator(gone).isVisible()), gone);
    for (const there of ["h1", ".byline", ".words > p >> nth=0", "table", "figcaption >> nth=0"]) assert.ok(await page.locator(there).first().isVisible(), there);
    const colours = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]);
    assert.deepEqual(colours, ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.equal(fetched.size, world.photos, "photos further down are on paper too");
    const drawn = paper.match(/\/Subtype\s*\/Image/g) ?? [];
    assert.ok(drawn.length >= world.photos, `${drawn.length} of ${world.photos} photos on paper`);
    await reader.leave();
  });

  test("numbers that no photo has are no pages, and a program reads the same", async () => {
    const api = new Api(keepsake.address);
    for (const number of ["0", "5", "01", "-1", "1.0", "one", "999999999999", "%20"]) {
      assert.equal((await api.get(`${world.story}/photos/${number}`)).status, 404, number);
    }
    const second = (await api.get(`${world.story}/photos/2`)).body;
    assert.deepEqual([second.number, second.of, second.alt, second.previous, second.next], [
      2, 4, "A narrow valley in the afternoon.", `${world.story}/photos/1`, `${world.story}/photos/3`,
    ]);
    assert.equal((await api.get(`/photos/${second.id}/320`)).status, 200);
    const guest = new Api(keepsake.address);
    await guest.post(world.guest_link, {});
    const gate = (await guest.get(world.gated)).bytes;
    for (const number of [1, 2, 77]) assert.deepEqual((await guest.get(`${world.gated}/photos/${number}`)).bytes, gate);
    await guest.post(`${world.gated}/gate`, { accept: "descriptions" });
    const described = (await guest.get(`${world.gated}/photos/1`)).body;
    assert.equal(described.alt, "A road in snow.");
    assert.equal(described.id, undefined);
  });

  test("every page of one's own reads as JSON", async () => {
    const api = new Api(keepsake.address);
    await api.post("/sign-in", { name: "mara", password });
    const { pages } = (await api.get("/things")).body;
    assert.equal(Object.keys(pages).length, 14);
    for (const [name, path] of Object.entries(pages as Record<string, string>)) {
      const { status, headers, body } = await api.get(path);
      assert.equal(status, 200, name);
      assert.equal(headers.get("content-type"), "application/json", name);
      assert.ok(body && typeof body === "object", name);
    }
    const { links } = (await api.get("/links")).body;
    assert.deepEqual(links.map(({ name, title }: any) => [name, title]), [["Grandma", "The week in March"]]);
    assert.equal((await api.get("/account/recovery-codes")).body.left, 0);
    assert.equal((await api.get("/account/tokens")).body.tokens.length, 2);
  });
});
