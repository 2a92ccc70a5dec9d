// The main job as people do it: in a browser, JavaScript off, on phones and desktops. On SQLite and, where
// KEEPSAKE_TEST_POSTGRES names a cluster, on PostgreSQL.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";

import type { Browser } from "playwright-core";

import { desktop, open_browser, phone } from "./support/browser.ts";
import { corpus_photo, has_corpus } from "./support/corpus.ts";
import { fresh_database, type FreshDatabase } from "./support/database.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { Reader } from "./support/reader.ts";

const password = "a quiet place by the sea";
const other_password = "rain on the roof at night";
const passphrase = "the blue gate by the river";
// The second stands on its side in its file, the third upside down.
const names = ["DSCN0010.jpg", "landscape_6.jpg", "landscape_3.jpg", "iphone_13_pro_max.HEIC"];
const alts = ["A harbour at noon.", "A landscape with clear sky.", "The same landscape.", ""];

/** Width and height of every photo of the page, after all were loaded. */
async function photo_sizes(reader: Reader): Promise<{ width: number; height: number }[]> {
  const photos = reader.page.locator("article img");
  for (const photo of await photos.all()) {
    await photo.scrollIntoViewIfNeeded();
    while (!(await photo.evaluate((image: HTMLImageElement) => image.complete))) await setTimeout(20);
  }
  return photos.evaluateAll((images) =>
    images.map((image) => ({
      width: (image as HTMLImageElement).naturalWidth,
      height: (image as HTMLImageElement).naturalHeight,
    })),
  );
}

/** Which pages a person is sent to where nothing is shown: always the same one. */
async function finds_nothing(reader: Reader, paths: string[], tag: string): Promise<void> {
  for (const path of paths) {
    assert.equal(await reader.open(path), 404, path);
    await reader.sees("There is nothing here");
    const conditions: Record<string, string>[] = [{}, { range: "bytes=0-99" }, { "if-none-match": tag }];
    for (const headers of conditions) {
      assert.equal((await reader.ask(path, headers)).status, 404, `${path} ${JSON.stringify(headers)}`);
    }
  }
}

for (const engine of ["SQLite", "PostgreSQL"] as const) {
  const cluster = process.env.KEEPSAKE_TEST_POSTGRES;
  const skip = !has_corpus ? "skipped: no real photos here" : engine === "PostgreSQL" && !cluster && "skipped: no PostgreSQL";
  describe(`the main job in a browser, on ${engine}`, { skip }, () => {
    let keepsake: Keepsake, database: FreshDatabase | undefined, browser: Browser;
    let author: Reader, partner: Reader, guest: Reader;
    let story: string, photo: string, tag: string;

    const arrive = (device = desktop) => Reader.arrive(browser, keepsake.address, device);

    before(async () => {
      if (engine === "PostgreSQL") database = await fresh_database(cluster!);
      keepsake = await Keepsake.start(database ? ["--database", database.address] : []);
      browser = await open_browser();
      author = await arrive(phone);
      partner = await arrive();
      guest = await arrive(phone);
    });
    after(async () => {
      await browser?.close();
      await keepsake?.end();
      await database?.drop();
    });

    test("the first host comes in by the setup link and writes the phrase down", async () => {
      const link = /http:\S+\/setup\/\S+/.exec(keepsake.printed)![0];
      assert.equal(await author.open(link), 200);
      await author.type("Name", "mara");
      await author.type("The name people see", "Mara Ōtāwhao");
      await author.type("Password", password);
      assert.equal(await author.press("Begin"), 200);
      const words = await author.page.locator("ol.phrase li").allInnerTexts();
      assert.equal(words.length, 24);
      const asked = author.page.locator("main form label");
      assert.equal(await asked.count(), 3);
      const confirm = "I have written them down";
      for (const label of await asked.allInnerTexts()) await author.type(label, "wrong");
      assert.equal(await author.press(confirm), 422);
      for (const label of await asked.allInnerTexts()) {
        await author.type(label, words[Number(/\d+/.exec(label)![0]) - 1]!);
      }
      assert.equal(await author.press(confirm), 200);
      await author.sees_nothing_of(words.join("</li><li>"));
      assert.equal(await author.open(link), 410);
    });

    test("the partner comes in by an invitation, into a circle", async () => {
      await author.open("/circles");
      await author.type("Its name", "Us");
      assert.equal(await author.press("Make the circle"), 200);
      await author.open("/invitations");
      await author.page.getByLabel("Let them into a circle").selectOption({ label: "Us" });
      await author.press("Make an invitation");
      const link = await author.page.locator("input.secret").inputValue();
      assert.equal(await partner.open(link), 200);
      await partner.sees("Mara Ōtāwhao invites you");
      await partner.type("Name", "tane");
      await partner.type("The name people see", "Tāne");
      await partner.type("Password", "short");
      assert.equal(await partner.press("Come in"), 422);
      assert.equal(await partner.page.getByLabel("Name", { exact: true }).inputValue(), "tane");
      await partner.type("Password", password);
      assert.equal(await partner.press("Come in"), 200);
      assert.equal(partner.path(), "/");
      await author.open("/circles");
      await author.sees("Tāne", "@tane");
    });

    test("the author tells a story with real photos, from a phone", async () => {
      await author.open("/");
      await author.follow("Tell a story");
      await author.type(/^Title/, "The week in March");
      await author.type("Your words", "We had eleven days.\n\nThe window looked east.");
      await author.page.getByLabel("Add photos").setInputFiles(names.map(corpus_photo));
      assert.equal(await author.press("Keep as a draft"), 200);
      story = author.path();
      await author.follow("Edit");
      const rows = author.page.locator(".photo-row");
      assert.equal(await rows.count(), names.length);
      for (const [place, alt] of alts.entries()) await rows.nth(place).getByLabel(/^What can be seen/).fill(alt);
      await rows.nth(0).getByLabel(/^Caption/).fill("The first evening.");
      await author.page.locator("summary", { hasText: "Content notes" }).click();
      await author.page.getByLabel("A content note").nth(0).fill("hospital");
      await author.page.getByLabel("A content note").nth(1).fill("loss of a baby");
      await author.type("A word from you", "Take your time.");
      await author.page.getByLabel("The circle Us").check();
      assert.equal(await author.press("Publish"), 200);
      assert.equal(author.path(), `${story}/publish`);
      await author.sees("This is what will happen", "Once it is published, these may read it: the circle Us.", "hospital", "loss of a baby");
      assert.equal(await author.press("Publish"), 200);
      assert.equal(author.path(), story);
      await author.sees("We had eleven days.", "The first evening.", "These may read it: the circle Us.");
      assert.equal(await author.page.locator(".words p").count(), 2);
    });

    test("the partner meets the gate, reads the descriptions, then everything", async () => {
      await partner.open("/");
      await partner.sees("The week in March", "hospital", "loss of a baby");
      assert.equal(await partner.follow("The week in March"), 200);
      assert.equal(partner.path(), story);
      await partner.sees("hospital", "loss of a baby", "Take your time.");
      await partner.sees_nothing_of("eleven days", alts[0]!, "The first evening.", "/photos/");
      assert.equal(await partner.press("Read the descriptions only"), 200);
      await partner.sees("We had eleven days.", ...alts.filter(Boolean), "The first evening.", "A photo without a description.");
      assert.equal(await partner.page.locator("article img").count(), 0);
      assert.equal(await partner.press("Show the photos"), 200);
      const sizes = await photo_sizes(partner);
      assert.equal(sizes.length, names.length);
      for (const { width, height } of sizes.slice(0, 3)) assert.ok(width > height && height > 0, `${width} x ${height}`);
      assert.ok(sizes[3]!.width > 0);
      photo = (await partner.page.locator("article figure img").first().getAttribute("src"))!;
      const answer = await partner.ask(photo);
      assert.equal(answer.status, 200);
      tag = answer.headers.get("etag")!;
      assert.equal((await partner.ask(photo, { range: "bytes=0-99" })).status, 206);
      assert.equal((await partner.ask(photo, { "if-none-match": tag })).status, 304);
    });

    test("an outsider and somebody unknown find nothing", async () => {
      person(keepsake, "olaf");
      const outsider = await arrive(), nobody = await arrive(phone);
      assert.equal(await outsider.sign_in("olaf", password), 200);
      await outsider.sees_nothing_of("The week in March");
      for (const reader of [outsider, nobody]) {
        await finds_nothing(reader, [story, photo], tag);
        await finds_nothing(reader, ["/@mara"], tag);
        await reader.leave();
      }
    });

    test("a guest opens her link with a passphrase, from a phone", async () => {
      await author.open(story);
      await author.follow("Guest links");
      await author.type("Who is it for?", "Grandma");
      await author.type(/^A passphrase/, passphrase);
      await author.press("Make a link");
      const link = await author.page.locator("input.secret").inputValue();
      assert.equal(await guest.open(link), 200);
      await guest.sees("Mara Ōtāwhao shared something with you");
      await guest.sees_nothing_of("Grandma");
      assert.equal((await guest.ask(story)).status, 404, "GET opens nothing");
      await guest.type("Passphrase", "not the right words");
      assert.equal(await guest.press("Open"), 422);
      await guest.type("Passphrase", passphrase);
      assert.equal(await guest.press("Open"), 200);
      await guest.sees("hospital");
      await guest.sees_nothing_of("eleven days");
      assert.equal(await guest.press("Read the story"), 200);
      await guest.sees("We had eleven days.");
      assert.equal((await photo_sizes(guest)).length, names.length);
    });

    test("taken out of the circle, the link ended: with the next request there is nothing", async () => {
      await author.open("/circles");
      assert.equal(await author.press("Take out"), 200);
      await finds_nothing(partner, [story, photo], tag);
      await author.open(`${story}/links`);
      assert.equal(await author.press("End this link"), 200);
      assert.equal(author.path(), `${story}/links`);
      await author.sees_nothing_of("Grandma");
      await finds_nothing(guest, [story, photo], tag);
    });

    test("two windows on one story: the second meets both versions and loses nothing", async () => {
      const second = await author.another_window();
      for (const window of [author, second]) assert.equal(await window.open(`${story}/edit`), 200);
      await author.type("Your words", "From the first window.");
      assert.equal(await author.press("Save"), 200);
      await second.type("Your words", "From the second window.\n\nWith two paragraphs.");
      assert.equal(await second.press("Save"), 409);
      await second.sees("This story was changed in the meantime", "From the first window.");
      const typed = await second.page.getByLabel("Your words").inputValue();
      assert.equal(typed, "From the second window.\n\nWith two paragraphs.");
      assert.equal(await second.press("Save"), 200);
      await second.sees("From the second window.", "With two paragraphs.");
      await second.page.close();
    });

    test("to the trash, back, and for good", async () => {
      await author.open(story);
      assert.equal(await author.press("Put it in the trash"), 200);
      await author.sees("The week in March");
      assert.equal((await author.ask(photo)).status, 200, "the photo stays its owner's");
      assert.equal(await author.press("Take it back"), 200);
      assert.equal(author.path(), story);
      await author.sees("From the second window.");
      await author.press("Put it in the trash");
      await author.page.getByLabel("I am sure.").check();
      assert.equal(await author.press("Delete for good"), 200);
      await author.sees("The trash is empty.");
      assert.equal(await author.open(story), 404);
    });

    test("a photo goes for good only where its owner says so", async () => {
      await author.open("/photos");
      const before = await author.page.locator(".photo-list > li").count();
      const unsure = await author.ask(photo.replace(/\d+$/, "delete"), {}, { for_good: "false" });
      assert.equal(unsure.status, 422);
      await author.open("/photos");
      assert.equal(await author.page.locator(".photo-list > li").count(), before);
      await author.page.locator(".photo-list a").first().click();
      await author.page.getByText("Remove this photo").click();
      await author.page.getByLabel("I am sure.").first().check();
      assert.equal(await author.press("Delete for good"), 200);
      assert.equal(await author.page.locator(".photo-list > li").count(), before - 1);
    });

    test("sign out, sign in; a new password ends the other sessions", async () => {
      const elsewhere = await arrive();
      assert.equal(await elsewhere.sign_in("tane", "not my password"), 401);
      assert.equal(await elsewhere.sign_in("tane", password), 200);
      await partner.open("/account");
      await partner.type("Present password", password);
      await partner.type("New password", other_password);
      assert.equal(await partner.press("Set the new password"), 200);
      await partner.sees("The password is changed.");
      await elsewhere.open("/account");
      assert.equal(elsewhere.path(), "/sign-in");
      assert.equal(await partner.follow("My things", "header"), 200);
      assert.equal(await partner.press("Sign out"), 200);
      await partner.open("/account");
      assert.equal(partner.path(), "/sign-in");
      await partner.type("Name", "tane");
      await partner.type("Password", other_password);
      assert.equal(await partner.press("Sign in"), 200);
      assert.equal(partner.path(), "/account");
      await elsewhere.leave();
    });

    test("a recovery code sets a new password once", async () => {
      await partner.open("/account/recovery-codes");
      await partner.page.locator("#codes-password").fill(other_password);
      assert.equal(await partner.press("Make ten new codes"), 200);
      const codes = await partner.page.locator("ol.phrase li").allInnerTexts();
      assert.equal(codes.length, 10);
      const later = await arrive(phone);
      for (const status of [200, 401]) {
        await later.open("/recover");
        await later.type("Name", "tane");
        await later.type("Recovery code", codes[0]!);
        await later.type("New password", password);
        assert.equal(await later.press("Set the new password"), status);
      }
      await partner.open("/account");
      assert.equal(partner.path(), "/sign-in", "recovering ended the other session");
      await later.leave();
    });

    test("a link from whoever runs this place sets a new password once", async () => {
      const made = keepsake.command(["person", "passwd", "tane"]);
      assert.equal(made.code, 0, made.err);
      const link = new URL(made.out.trim()).pathname;
      assert.equal(await partner.open(link), 200);
      await partner.type("New password", other_password);
      assert.equal(await partner.press("Set the new password"), 200);
      assert.equal(partner.path(), "/");
      const later = await arrive(phone);
      assert.equal(await later.open(link), 410);
      await later.leave();
    });
  });
}
