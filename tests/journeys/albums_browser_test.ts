// Sending photos by a drop link and opening the album they wait in, on a phone.
import assert from "node:assert/strict";
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
    await owner.page.getByText("There are photos here. Look now, or leave them kept.").waitFor();
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
