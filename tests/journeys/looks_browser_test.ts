// The page of a photo with its script, on a small phone: what the form says shows before it is kept, the corners of
// the crop follow keys and fingers, and the fields are what is sent.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import { Api } from "./support/api.ts";
import { look_at_live } from "./support/axe.ts";
import { open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { Writer } from "./support/writer.ts";

const small = { ...phone, viewport: { width: 360, height: 740 } };
const untouched = { quarter_turns: 0, straighten: "0", left: "0", top: "0", right: "0", bottom: "0", black_and_white: false };
const dot = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

describe("the look of a photo, with its script", () => {
  let keepsake: Keepsake, browser: Browser, mara: Api, writer: Writer, photo: string;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara");
    photo = `/photos/${(await mara.upload(picture(90, 800, 400), "image/png")).body.id}`;
    writer = await Writer.arrive(browser, keepsake.address, "mara", small);
  });
  after(async () => {
    await writer?.leave();
    await browser?.close();
    await keepsake?.end();
  });
  afterEach(() => assert.deepEqual(writer.complaints, []));

  const open = async () => {
    await writer.page.goto(keepsake.address + photo);
    return writer.page;
  };
  const kept = async () => (await mara.get(photo)).body.look;
  const corner = (name: string) => writer.page.getByRole("slider", { name });
  const middle = async (name: string) => {
    const box = (await corner(name).boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const typed = async () => Promise.all(["top", "left", "right", "bottom"].map((side) => writer.page.locator(`#${side}`).inputValue()));
  const stage = async () => (await writer.page.locator(".look-stage").boundingBox())!;
  const is_grey = () => writer.page.locator(".own-photo img").evaluate((shown) => getComputedStyle(shown).filter);

  test("what the form says shows at once, and is kept when it is sent", async () => {
    const page = await open();
    await corner("Upper left corner").waitFor();
    const lying = await stage();
    assert.ok(Math.abs(lying.width / lying.height - 2) < 0.02, JSON.stringify(lying));
    await page.getByRole("button", { name: "Turn right" }).click();
    const upright = await stage();
    assert.ok(Math.abs(upright.height / upright.width - 2) < 0.02, JSON.stringify(upright));
    await page.getByText("Not kept yet: “Show it like this” keeps it.").waitFor();
    await page.getByLabel("Black and white").check();
    assert.equal(await is_grey(), "grayscale(1)");
    await page.getByLabel("Straighten").fill("-2.5");
    await corner("Upper left corner").focus();
    for (const key of ["ArrowDown", "ArrowDown", "Shift+ArrowRight"]) await page.keyboard.press(key);
    await corner("Lower right corner").focus();
    await page.keyboard.press("Shift+ArrowUp");
    assert.deepEqual(await typed(), ["2", "5", "0", "5"]);
    assert.equal(await corner("Upper left corner").getAttribute("aria-valuetext"), "At the top 2 %, On the left 5 %");
    await look_at_live(page);
    assert.deepEqual(await kept(), untouched);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Show it like this" }).click()]);
    assert.deepEqual(await kept(), { quarter_turns: 1, straighten: "-2.5", left: "5", top: "2", right: "0", bottom: "5", black_and_white: true });
    await look_at_live(page);
  });

  test("of what is cut off already the whole photo comes once the form is touched; all is undone by one press", async () => {
    const asked: string[] = [];
    writer.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const page = await open();
    await page.waitForLoadState("networkidle");
    assert.ok(!asked.includes(`${photo}/original`), "not before");
    assert.equal(await corner("Upper left corner").count(), 0);
    await page.getByLabel("Straighten").focus();
    await corner("Upper left corner").waitFor();
    assert.ok(asked.includes(`${photo}/original`));
    const around = await stage(), at = await middle("Lower right corner");
    assert.ok(Math.abs(around.height / around.width - 2) < 0.02, "it stands as it was turned");
    assert.ok(Math.abs(at.y - (around.y + 0.95 * around.height)) < 1.5, "the corner is where the photo ends now");
    await page.getByLabel("Black and white").uncheck();
    assert.equal(await is_grey(), "none", "and it has its colours");
    await look_at_live(page);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Show it as it came" }).click()]);
    assert.deepEqual(await kept(), untouched);
  });

  test("a finger moves a corner and then the whole part, and the page stays where it is; a number that is typed moves it too", async () => {
    const page = await open();
    await corner("Upper left corner").waitFor();
    const finger = await writer.context.newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) =>
      finger.send("Input.dispatchTouchEvent", { type, touchPoints });
    const pull = async (from: { x: number; y: number }, across: number, down: number) => {
      await touch("touchStart", from);
      for (const part of [0.1, 0.4, 0.8, 1]) await touch("touchMove", { x: from.x + part * across, y: from.y + part * down });
      await touch("touchEnd");
    };
    const { x, y, width, height } = await stage();
    await pull(await middle("Upper left corner"), 0.5 * width, 0.5 * height);
    const near = (said: string[], meant: number[]) => said.forEach((cut, place) => assert.ok(Math.abs(Number(cut) - meant[place]!) < 0.5, `${said}`));
    near(await typed(), [50, 50, 0, 0]);
    await pull({ x: x + 0.75 * width, y: y + 0.75 * height }, -0.25 * width, -height);
    near(await typed(), [0, 25, 25, 50]);
    await pull(await middle("Upper left corner"), 2 * width, 0);
    near(await typed(), [0, 70, 25, 50]);
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.getByLabel("On the left").fill("10");
    const left = (await middle("Upper left corner")).x;
    assert.ok(Math.abs(left - (x + 0.1 * width)) < 1.5, `${left}`);
    await look_at_live(page);
  });

  test("where no browser shows the original there is no half of a preview, and the form does everything", async () => {
    const { id } = (await mara.upload(dot, "image/gif")).body;
    const page = async () => (await mara.get(`/photos/${id}`, { accept: "text/html" })).bytes.toString();
    assert.match(await page(), new RegExp(`data-whole="/photos/${id}/1024"`));
    assert.equal((await mara.ask("PATCH", `/photos/${id}`, { look: { black_and_white: true } })).status, 200);
    assert.ok(!/data-whole|look\.js/.test(await page()));
  });
});
