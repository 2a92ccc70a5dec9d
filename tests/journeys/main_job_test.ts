// The main job over JSON, on SQLite and, where KEEPSAKE_TEST_POSTGRES names a cluster, on PostgreSQL: a story with
// real photos reaches exactly the people its author chose.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { Api, type Answer } from "./support/api.ts";
import { corpus_photo, has_corpus, media_type } from "./support/corpus.ts";
import { fresh_database, type FreshDatabase } from "./support/database.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";

const names = ["DSCN0010.jpg", "landscape_6.jpg", "iphone_13_pro_max.HEIC"];

/** What a reader asks for once they know the addresses: page, photo, a range of it, and the photo again by its tag. */
async function everything(reader: Api, story: string, photo: string, tag: string): Promise<Answer[]> {
  return [
    await reader.get(`/stories/${story}`),
    await reader.get(`/stories/${story}`, { accept: "text/html" }),
    await reader.ask("HEAD", `/stories/${story}`),
    await reader.get(`/photos/${photo}/1024`),
    await reader.get(`/photos/${photo}/1024`, { range: "bytes=0-99" }),
    await reader.get(`/photos/${photo}/1024`, { "if-none-match": tag }),
    await reader.ask("HEAD", `/photos/${photo}/320`),
  ];
}

/** Nothing of the story, its photos or its words, in the same form as what never was. */
async function sees_nothing(reader: Api, story: string, photo: string, tag: string): Promise<void> {
  const nowhere = "a".repeat(26);
  const hidden = await everything(reader, story, photo, tag);
  const absent = await everything(reader, nowhere, nowhere, tag);
  hidden.forEach((answer, place) => {
    assert.equal(answer.status, 404);
    assert.equal(answer.status, absent[place]!.status);
    assert.deepEqual(answer.bytes, absent[place]!.bytes);
    const telling = ([name]: [string, string]) => name !== "date";
    assert.deepEqual([...answer.headers].filter(telling), [...absent[place]!.headers].filter(telling));
  });
}

for (const engine of ["SQLite", "PostgreSQL"] as const) {
  const cluster = process.env.KEEPSAKE_TEST_POSTGRES;
  const skip = !has_corpus ? "skipped: no real photos here" : engine === "PostgreSQL" && !cluster && "skipped: no PostgreSQL";
  describe(`the main job on ${engine}`, { skip }, () => {
    let keepsake: Keepsake, database: FreshDatabase | undefined;
    let author: Api, partner: Api, outsider: Api, nobody: Api, guest: Api;
    let photos: string[], story: string, circle: string, link: { id: string; url: string }, tag: string;

    before(async () => {
      if (engine === "PostgreSQL") database = await fresh_database(cluster!);
      keepsake = await Keepsake.start(database ? ["--database", database.address] : []);
      author = person(keepsake, "mara");
      partner = person(keepsake, "tane");
      outsider = person(keepsake, "olaf");
      nobody = new Api(keepsake.address);
      guest = new Api(keepsake.address);
    });
    after(async () => {
      await keepsake?.end();
      await database?.drop();
    });

    test("the author keeps real photos, bit for bit", async () => {
      photos = [];
      for (const name of names) {
        const bytes = readFileSync(corpus_photo(name));
        const added = await author.upload(bytes, media_type(name));
        assert.equal(added.status, 201, added.bytes.toString());
        assert.equal(added.body.sha256, createHash("sha256").update(bytes).digest("hex"));
        const original = await author.get(`/photos/${added.body.id}/original`);
        assert.deepEqual(original.bytes, bytes);
        photos.push(added.body.id);
      }
    });

    test("a story is told to a circle, behind a gate", async () => {
      circle = (await author.post("/circles", { name: "Us", people: ["tane"] })).body.id;
      const made = await author.post("/stories", {
        title: "The week in March",
        lang: "en",
        body: `We had eleven days.\n\n![](photo:${photos[1]})\n\nThe window looked east.`,
        photos: photos.map((id, place) => ({ id, alt: `photo ${place}`, caption: `caption ${place}`, credit: "Photo: supplied" })),
        notes: ["hospital", "loss of a baby"],
        audience: [`circle:${circle}`],
        state: "published",
      });
      assert.equal(made.status, 201, made.bytes.toString());
      story = made.body.id;
      assert.equal(made.body.url, `/stories/${story}`);
    });

    test("before the gate the partner meets the notes alone", async () => {
      const gated = await partner.get(`/stories/${story}`);
      assert.equal(gated.status, 200);
      assert.deepEqual(gated.body, { state: "gated", note: "", notes: ["hospital", "loss of a baby"] });
      const page = await partner.get(`/stories/${story}`, { accept: "text/html" });
      assert.ok(page.bytes.includes("loss of a baby"));
      for (const secret of ["eleven days", "caption 1", "photo 1", photos[1]!]) {
        assert.ok(!page.bytes.includes(secret), `the gate shows ${secret}`);
      }
      assert.equal((await partner.get(`/photos/${photos[1]}/320`)).status, 404);
    });

    test("with the descriptions only, words and no image", async () => {
      assert.equal((await partner.post(`/stories/${story}/gate`, { accept: "descriptions" })).status, 204);
      const page = await partner.get(`/stories/${story}`, { accept: "text/html" });
      assert.ok(page.bytes.includes("eleven days") && page.bytes.includes("photo 1"));
      assert.ok(!page.bytes.includes("<img") && !page.bytes.includes(photos[1]!));
      assert.equal((await partner.get(`/photos/${photos[1]}/320`)).status, 404);
    });

    test("after the gate the partner reads everything but the originals", async () => {
      assert.equal((await partner.post(`/stories/${story}/gate`, { accept: "all" })).status, 204);
      const open = await partner.get(`/stories/${story}`);
      assert.equal(open.body.title, "The week in March");
      assert.equal(open.body.photos.length, names.length);
      const photo = await partner.get(`/photos/${photos[0]}/1024`, { accept: "image/webp" });
      assert.equal(photo.status, 200);
      assert.equal(photo.headers.get("content-type"), "image/webp");
      tag = photo.headers.get("etag")!;
      const part = await partner.get(`/photos/${photos[0]}/1024`, { accept: "image/webp", range: "bytes=0-99" });
      assert.equal(part.status, 206);
      assert.deepEqual(part.bytes, photo.bytes.subarray(0, 100));
      const again = await partner.get(`/photos/${photos[0]}/1024`, { accept: "image/webp", "if-none-match": tag });
      assert.equal(again.status, 304);
      assert.equal((await partner.get(`/photos/${photos[0]}/original`)).status, 404);
    });

    test("nobody else gets a byte", async () => {
      for (const reader of [outsider, nobody]) await sees_nothing(reader, story, photos[0]!, tag);
      assert.deepEqual((await outsider.get("/")).body.stories, []);
      assert.equal((await outsider.get("/@mara")).status, 404);
    });

    test("a guest opens the link she was sent, and passes the gate", async () => {
      const made = await author.post(`/stories/${story}/links`, { name: "Grandma" });
      assert.equal(made.status, 201, made.bytes.toString());
      link = made.body;
      const path = new URL(link.url).pathname;
      const arrival = await guest.get(path);
      assert.equal(arrival.status, 200);
      assert.equal(arrival.body.name, "Grandma");
      assert.equal((await guest.get(`/stories/${story}`)).status, 404, "GET opens nothing");
      assert.equal((await guest.post(path)).status, 200);
      assert.equal((await guest.get(`/stories/${story}`)).body.state, "gated");
      assert.equal((await guest.post(`/stories/${story}/gate`, { accept: "all" })).status, 204);
      assert.equal((await guest.get(`/stories/${story}`)).body.title, "The week in March");
      assert.equal((await guest.get(`/photos/${photos[0]}/1024`)).status, 200);
    });

    test("out of the circle, with the next request there is nothing", async () => {
      const removed = await author.ask("DELETE", `/circles/${circle}/people/tane`);
      assert.equal(removed.status, 204);
      await sees_nothing(partner, story, photos[0]!, tag);
    });

    test("the link revoked, with the next request there is nothing", async () => {
      assert.equal((await author.ask("DELETE", `/links/${link.id}`)).status, 204);
      await sees_nothing(guest, story, photos[0]!, tag);
      assert.equal((await guest.get(new URL(link.url).pathname)).status, 410);
    });

    test("what was kept is whole after a restart", async () => {
      await keepsake.stop("SIGKILL");
      await keepsake.serve();
      const open = await author.get(`/stories/${story}`);
      assert.equal(open.body.photos.length, names.length);
      const original = await author.get(`/photos/${photos[2]}/original`);
      assert.deepEqual(original.bytes, readFileSync(corpus_photo(names[2]!)));
    });
  });
}
