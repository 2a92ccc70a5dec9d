// How a photo is shown: its owner turns, crops and takes the colours away on its page, by a phone without script;
// readers get the new picture with their next request, the original stays, and everything can be undone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import { Api } from "./support/api.ts";
import { open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { Reader } from "./support/reader.ts";

const png = picture(90, 400, 200);

describe("how a photo is shown", () => {
  let keepsake: Keepsake, mara: Api, tane: Api, nobody: Api, photo: string, story: string;

  before(async () => {
    keepsake = await Keepsake.start();
    mara = person(keepsake, "mara");
    tane = person(keepsake, "tane");
    nobody = new Api(keepsake.address);
    const { id } = (await mara.upload(png, "image/png")).body;
    photo = `/photos/${id}`;
    story = (await mara.post("/stories", { title: "The window", photos: [{ id, alt: "A window" }], audience: ["public"], state: "published" })).body.url;
  });
  after(() => keepsake?.end());

  const look = (change: object) => mara.ask("PATCH", photo, { look: change });
  const size_shown = async () => {
    const { photos } = (await nobody.get(story)).body;
    return [photos[0].width, photos[0].height];
  };

  test("readers get another picture with their next request; the original stays", async () => {
    const earlier = await nobody.get(`${photo}/1024`, { accept: "image/webp" });
    const changed = await look({ quarter_turns: 1, black_and_white: true });
    assert.equal(changed.status, 200, changed.bytes.toString());
    assert.deepEqual(changed.body.look, { quarter_turns: 1, straighten: "0", left: "0", top: "0", right: "0", bottom: "0", black_and_white: true });
    assert.deepEqual(await size_shown(), [200, 400]);
    const asked = { accept: "image/webp", "if-none-match": earlier.headers.get("etag")! };
    const later = await nobody.get(`${photo}/1024`, asked);
    assert.equal(later.status, 200);
    assert.notDeepEqual(later.bytes, earlier.bytes);
    assert.deepEqual((await mara.get(`${photo}/original`)).bytes, png);
  });

  test("what is not named stays; a crop is in percent of what is cut off", async () => {
    assert.equal((await look({ top: "25", bottom: "25" })).status, 200);
    assert.deepEqual(await size_shown(), [200, 200]);
    const { look: now } = (await mara.get(photo)).body;
    assert.deepEqual(now, { quarter_turns: 1, straighten: "0", left: "0", top: "25", right: "0", bottom: "25", black_and_white: true });
  });

  test("a look that does not fit is refused and changes nothing", async () => {
    const bad = [{ quarter_turns: 4 }, { straighten: "15.5" }, { straighten: "nan" }, { left: "60", right: "40" }, { left: "-1" }, { top: "1e3" }, { turn: "over" }];
    for (const change of bad) assert.equal((await look(change)).status, 422, JSON.stringify(change));
    assert.equal((await mara.ask("PATCH", photo, { look: [] })).status, 422);
    assert.equal((await mara.ask("PATCH", photo, { look: { zoom: "2" } })).status, 422);
    assert.deepEqual(await size_shown(), [200, 200]);
  });

  test("it is the owner's alone", async () => {
    const absent = await tane.get("/photos/aaaaaaaaaaaaaaaaaaaaaaaaaa");
    for (const answer of [await tane.get(photo), await tane.ask("PATCH", photo, { look: {} }), await tane.post(`${photo}/look`, { quarter_turns: 0 })]) {
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.bytes, absent.bytes);
    }
    assert.equal((await nobody.get(photo)).status, 401);
    assert.equal((await mara.get(photo)).status, 200);
  });

  test("the story has the photo's colours in it, and no style, script or address for them", async () => {
    const page = async (headers: object = {}) => (await nobody.get(story, { accept: "text/html", ...headers })).bytes.toString();
    const html = await page();
    const [placeholder] = html.match(/<span class="coming"><svg.*?<\/svg><\/svg>/) ?? [];
    assert.ok(placeholder, html);
    assert.equal(placeholder.match(/<path fill="#[0-9a-f]{6}"/g)!.length, 6);
    assert.ok(placeholder.length < 450, placeholder);
    assert.ok(!/style|url\(|data:/.test(placeholder));
    assert.ok(!JSON.stringify((await nobody.get(story)).body).includes("placeholder"));
    await mara.ask("PATCH", new URL(story, keepsake.address).pathname, { notes: ["hospital"] });
    assert.ok(!(await page()).includes("<svg"), "a gate shows nothing of it");
    const reader = new Api(keepsake.address);
    await reader.post(`${story}/gate`, { accept: "descriptions" });
    const described = (await reader.get(story, { accept: "text/html" })).bytes.toString();
    assert.ok(described.includes("A window") && !described.includes("<svg"), described);
  });

  test("AVIF comes when the house is quiet, for whoever names it", async () => {
    const types = async (accept: string) => (await mara.get(`${photo}/1024`, { accept })).headers.get("content-type");
    const chromium = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";
    for (let waited = 0; waited < 100 && (await types(chromium)) !== "image/avif"; waited++) await new Promise((next) => setTimeout(next, 1000));
    assert.equal(await types(chromium), "image/avif");
    assert.equal(await types("image/webp,*/*"), "image/webp");
    assert.equal(await types("*/*"), "image/jpeg");
    const answer = await mara.get(`${photo}/1024`, { accept: chromium });
    assert.equal(answer.headers.get("vary"), "Accept, Cookie, Authorization");
    assert.equal(answer.bytes.subarray(4, 12).toString(), "ftypavif");
  });
});

describe("the page of a photo, on a phone without script", () => {
  let keepsake: Keepsake, browser: Browser, reader: Reader, mara: Api, photo: string;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara");
    photo = `/photos/${(await mara.upload(png, "image/png")).body.id}`;
    reader = await Reader.arrive(browser, keepsake.address, phone);
    await reader.sign_in("mara", password);
  });
  after(async () => {
    await reader?.leave();
    await browser?.close();
    await keepsake?.end();
  });

  const shown = async () => {
    const picture = reader.page.locator(".own-photo img");
    return [await picture.getAttribute("width"), await picture.getAttribute("height")].join(" x ");
  };

  test("the list leads to it; turning is one press", async () => {
    await reader.open("/photos");
    await reader.page.locator(".photo-list a").first().click();
    await reader.page.waitForURL(`${keepsake.address}${photo}`);
    assert.equal(await reader.open(photo), 200);
    assert.equal(await shown(), "400 x 200");
    assert.equal(await reader.press("Turn left"), 200);
    assert.equal(await shown(), "200 x 400");
    assert.equal(await reader.press("Turn right"), 200);
    assert.equal(await shown(), "400 x 200");
    assert.equal(await reader.page.getByRole("button", { name: "Show it as it came" }).count(), 0);
  });

  test("crop, straighten, black and white by the keyboard; a quarter turn keeps the part that is shown", async () => {
    await reader.page.getByLabel("Black and white").focus();
    await reader.page.keyboard.press("Space");
    await reader.type("Straighten", "2.5");
    await reader.type("On the left", "50");
    await reader.page.getByLabel("On the right").focus();
    const arrived = reader.page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.status() === 200);
    await reader.page.keyboard.press("Enter");
    await arrived;
    await reader.page.waitForLoadState();
    const before = (await mara.get(photo)).body;
    assert.deepEqual(before.look, { quarter_turns: 0, straighten: "2.5", left: "50", top: "0", right: "0", bottom: "0", black_and_white: true });
    assert.equal(await reader.press("Turn right"), 200);
    const { look } = (await mara.get(photo)).body;
    assert.deepEqual(look, { quarter_turns: 1, straighten: "2.5", left: "0", top: "50", right: "0", bottom: "0", black_and_white: true });
    assert.ok(await reader.page.getByLabel("Black and white").isChecked());
  });

  test("what cannot be comes back as it was typed, with a sentence; everything is undone by one press", async () => {
    const refused = await reader.ask(`${photo}/look`, { accept: "text/html" }, { straighten: "a little", left: "12" });
    assert.equal(refused.status, 422);
    const html = await refused.text();
    assert.match(html, /id="straighten-problem"/);
    assert.match(html, /name="left" value="12"/);
    assert.equal(await reader.press("Show it as it came"), 200);
    assert.equal(await shown(), "400 x 200");
  });

  test("every control is large enough for a thumb", async () => {
    const controls = reader.page.locator("main button:visible, main input:visible:not([type=checkbox]), main label.check:visible, main summary, main a");
    for (const control of await controls.all()) {
      const box = (await control.boundingBox())!;
      assert.ok(box.height >= 43.5, `${await control.evaluate((one) => one.outerHTML)}: ${box.height}`);
    }
  });

  test("what cannot be shown has its name, its original and its removal, and no look", async () => {
    const film = Buffer.concat([Buffer.from("\0\0\0\x18ftypisom\0\0\0\0isomiso2", "latin1"), Buffer.alloc(2000)]);
    const { id, shown: is_shown } = (await mara.upload(film, "application/octet-stream")).body;
    assert.equal(is_shown, false);
    assert.equal(await reader.open(`/photos/${id}`), 200);
    await reader.sees("Kept. It cannot be shown yet.");
    assert.equal(await reader.page.getByText("How it is shown").count(), 0);
    assert.equal((await mara.ask("PATCH", `/photos/${id}`, { look: { quarter_turns: 1 } })).status, 422);
    await reader.page.getByText("Remove this photo").click();
    await reader.page.getByLabel("I am sure.").check();
    assert.equal(await reader.press("Delete for good"), 200);
    assert.equal(await reader.open(`/photos/${id}`), 404);
  });
});
