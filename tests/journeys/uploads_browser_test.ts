// Adding photos on the page of one's own, with scripts, on a phone whose network comes and goes.
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

const file = (name: string, bytes: Buffer, mimeType = "image/png") => ({ name, mimeType, buffer: bytes });
const film = Buffer.concat([Buffer.from("\0\0\0\x18ftypisom\0\0\0\0isomiso2", "latin1"), Buffer.alloc(30_000_000, 7)]);

describe("adding photos with scripts", () => {
  let keepsake: Keepsake, browser: Browser, mara: Api, writer: Writer;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara", ["--host"]);
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });
  afterEach(async () => {
    assert.deepEqual(writer.complaints, []);
    await writer.context.close();
  });

  async function on_the_page(): Promise<Writer> {
    writer = await Writer.arrive(browser, keepsake.address, "mara", phone);
    await writer.page.goto(`${keepsake.address}/photos`);
    return writer;
  }
  const choose = (files: { name: string; mimeType: string; buffer: Buffer }[]) => writer.page.getByLabel("Add photos").setInputFiles(files);
  const kept = async (): Promise<any[]> => (await mara.get("/photos")).body.photos;

  test("photos are sent as they are chosen, and each shows itself once it is kept", async () => {
    const { page } = await on_the_page();
    await choose([file("one.png", picture(41)), file("two.png", picture(42)), file("first steps.mp4", film, "video/mp4"), file("letter.jpg", Buffer.from("Dear Olaf"), "image/jpeg")]);
    await page.locator(".uploads img").nth(1).waitFor();
    await page.locator(".uploads").getByText("Kept. It cannot be shown yet.").waitFor();
    await page.getByText("This file is none of them.").waitFor();
    assert.equal(await page.locator(".uploads progress").count(), 0);
    await look_at_live(page);
    const photos = await kept();
    assert.deepEqual(photos.map((photo) => photo.name).sort(), ["first steps.mp4", "one.png", "two.png"]);
    await page.reload();
    assert.equal(await page.locator(".photo-list li").count(), 3);
    await look_at_live(page);
  });

  test("a photo that the network cut off says so, and goes on by itself when it is back", async () => {
    const { page } = await on_the_page();
    const arrived: number[] = [];
    let begun = 0;
    page.on("response", (answer) => {
      const method = answer.request().method();
      if (method === "POST" && answer.url().endsWith("/uploads")) begun++;
      if (method !== "PATCH" || !answer.ok()) return;
      if (arrived.push(Number(answer.headers()["upload-offset"])) === 1) void writer.context.setOffline(true);
    });
    await choose([file("the garden.mov", Buffer.concat([film, Buffer.from("another")]), "video/quicktime")]);
    await page.getByText("The network is gone. It goes on by itself when it is back.").waitFor({ timeout: 60_000 });
    await look_at_live(page);
    assert.ok(arrived.length > 0 && arrived.at(-1)! < film.length, "some of it was there");
    await writer.context.setOffline(false);
    await page.locator(".uploads").getByText("Kept. It cannot be shown yet.").waitFor({ timeout: 60_000 });
    assert.equal(begun, 1, "it went on, and did not begin anew");
    assert.ok((await kept()).some((photo) => photo.name === "the garden.mov"));
  });

  test("an upload that is given up leaves nothing behind", async () => {
    const { page } = await on_the_page();
    await page.route("**/uploads/*", (route) => (route.request().method() === "PATCH" ? undefined : route.continue()));
    const begun = page.waitForResponse((answer) => answer.url().endsWith("/uploads") && answer.status() === 201);
    await choose([file("not this one.png", picture(43))]);
    const upload = (await begun).headers().location!;
    await page.getByRole("button", { name: "Leave it" }).click();
    assert.equal(await page.locator(".uploads li").count(), 0);
    for (let tries = 0; (await mara.get(upload)).status !== 404; tries++) {
      assert.ok(tries < 50, "the upload is still there");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(!(await kept()).some((photo) => photo.name === "not this one.png"));
  });
});
