// Sending photos by a drop link and opening the album they wait in, and adding photos to albums of one's own, on a
// phone.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import { Api } from "./support/api.ts";
import { look_at_live } from "./support/axe.ts";
import { open_browser, phone, visitor } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { Writer } from "./support/writer.ts";

const file = (name: string, bytes: Buffer, mimeType = "image/png") => ({ name, mimeType, buffer: bytes });

describe("a drop link on a phone", () => {
  let keepsake: Keepsake, browser: Browser, mara: Api;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara", ["--host"]);
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  test("family sends photos, takes one back, and the owner opens the album when they are ready", async () => {
    const owner = await Writer.arrive(browser, keepsake.address, "mara", phone);
    await owner.page.goto(`${keepsake.address}/albums`);
    await look_at_live(owner.page);
    await owner.page.getByLabel("Its name").fill("From all of you");
    await owner.page.getByRole("button", { name: "Make the album" }).click();
    await look_at_live(owner.page);
    await owner.page.getByRole("link", { name: "Who may add photos" }).click();
    await owner.page.getByLabel("Who is it for?").fill("Aroha");
    await owner.page.getByRole("button", { name: "Make a link" }).click();
    const link = new URL(await owner.page.locator("input.secret").inputValue());
    await look_at_live(owner.page);

    const sender = await (await visitor(browser, phone)).newPage();
    await sender.goto(keepsake.address + link.pathname);
    await look_at_live(sender);
    await sender.getByRole("button", { name: "Go on" }).click();
    await look_at_live(sender);
    await sender.getByLabel("Add photos").setInputFiles([file("beach.png", picture(20)), file("boat.png", picture(21))]);
    await sender.getByRole("heading", { name: "What you have sent" }).waitFor();
    await look_at_live(sender);
    assert.deepEqual((await sender.locator(".links li > span:first-child").allTextContents()).sort(), ["beach.png", "boat.png"]);
    await sender.locator("li", { hasText: "boat.png" }).getByRole("button", { name: "Take it back" }).click();
    await sender.locator("li", { hasText: "boat.png" }).waitFor({ state: "detached" });

    assert.deepEqual((await mara.get("/photos")).body.photos, []);
    await owner.page.goto(`${keepsake.address}/albums`);
    await owner.page.getByRole("link", { name: "From all of you" }).click();
    await owner.page.getByText("There may be photos here. Look now, or leave them kept.").waitFor();
    assert.equal(await owner.page.locator("img").count(), 0);
    await look_at_live(owner.page);
    await owner.page.getByRole("button", { name: "Open this album" }).click();
    assert.equal(await owner.page.locator(".photo-list img").count(), 1);
    await look_at_live(owner.page);
    await sender.reload();
    await sender.getByText("This link has ended.").waitFor();
    assert.deepEqual(owner.complaints, []);
  });
});

describe("adding photos to an album with scripts", () => {
  let keepsake: Keepsake, browser: Browser, mara: Api, owner: Writer;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara");
    owner = await Writer.arrive(browser, keepsake.address, "mara", { ...phone, viewport: { width: 360, height: 740 } });
  });
  after(async () => {
    await owner?.leave();
    await browser?.close();
    await keepsake?.end();
  });

  const album = async (name: string, sealed: boolean) => `/albums/${(await mara.post("/albums", { name, sealed })).body.id}`;
  const on = async (path: string) => {
    await owner.page.goto(keepsake.address + path);
    return owner.page;
  };
  const rows = () => owner.page.locator(".uploads li").allInnerTexts();

  test("they are sent as they are chosen, show themselves, and lie in the album", async () => {
    const week = await album("The first week", false);
    const page = await on(week);
    await page.getByLabel("Add photos").setInputFiles([file("one.png", picture(31)), file("two.png", picture(32)), file("letter.jpg", Buffer.from("Dear Olaf"))]);
    await page.locator(".uploads img").nth(1).waitFor();
    await page.getByText("This file is none of them.").waitFor();
    await look_at_live(page);
    assert.deepEqual((await mara.get(week)).body.photos.map((photo: any) => photo.name).sort(), ["one.png", "two.png"]);
    await page.reload();
    assert.equal(await page.locator(".photo-list img").count(), 2);
  });

  test("of a sealed album nothing shows but that they have arrived, also of one that was here before", async () => {
    assert.equal((await mara.upload(picture(33), "image/png")).status, 201);
    const shut = await album("For later", true);
    const page = await on(shut);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.getByLabel("Add photos").setInputFiles([file("three.png", picture(33)), file("four.png", picture(34))]);
    await page.getByText("2 of 2 are kept").waitFor();
    assert.deepEqual((await rows()).map((row) => row.split(/\s+/)).sort(), [["four.png", "arrived"], ["three.png", "arrived"]]);
    assert.equal(await page.getByRole("status").filter({ hasText: "arrived" }).count(), 1);
    assert.equal(await page.locator("main img").count(), 0);
    assert.equal(await page.locator(".uploads a").count(), 0);
    assert.ok(!asked.some((path) => path.startsWith("/photos/")), `${asked}`);
    await look_at_live(page);
    assert.deepEqual((await mara.get("/photos")).body.photos.map((photo: any) => photo.name).sort(), ["one.png", "two.png"]);
    await page.reload();
    assert.equal(await page.locator("main img").count(), 0);
    await page.getByRole("button", { name: "Open this album" }).click();
    assert.equal((await mara.get(shut)).body.photos.length, 2);
  });

  test("what was cut off on the way to one's photos is not taken for what is to lie in an album", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "keepsake-film-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const film = join(folder, "waves.mp4"); // a file on disk is the same one when it is chosen again
    writeFileSync(film, Buffer.concat([Buffer.from("\0\0\0\x18ftypisom\0\0\0\0isomiso2", "latin1"), Buffer.alloc(9_000_000, 3)]));
    const week = await album("The second week", false);
    let page = await on("/photos");
    await page.route("**/uploads/*", (route) => (route.request().method() === "PATCH" ? route.abort() : route.continue()));
    await page.getByLabel("Add photos").setInputFiles(film);
    await page.getByText("The network is gone.").waitFor({ timeout: 60_000 });
    await page.unrouteAll({ behavior: "ignoreErrors" });
    page.on("dialog", (dialog) => void dialog.accept());
    page = await on(week);
    await page.getByLabel("Add photos").setInputFiles(film);
    await page.locator(".uploads").getByText("Kept. It cannot be shown yet.").waitFor({ timeout: 60_000 });
    assert.deepEqual((await mara.get(week)).body.photos.map((photo: any) => photo.name), ["waves.mp4"]);
  });
});
