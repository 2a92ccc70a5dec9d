// What programs may send that is broken, too much or not theirs: each gets a clear refusal with a sentence, and
// nothing that was kept changes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { Api, type Answer } from "./support/api.ts";
import { corpus_photo, has_corpus } from "./support/corpus.ts";
import { fresh_database, type FreshDatabase } from "./support/database.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { refused } from "./support/refusals.ts";

const limit = 300 * 1024;
const nowhere = "a".repeat(26);

/** A picture with some of its bytes exchanged, from `from` on. */
function damaged(bytes: Buffer, from: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = from; at < copy.length; at += 7) copy[at] = copy[at]! ^ 0x5a;
  return copy;
}

/** A PNG that claims a million by a million pixels. */
function boundless(): Buffer {
  const bytes = picture(9);
  bytes.writeUInt32BE(1_000_000, 16);
  bytes.writeUInt32BE(1_000_000, 20);
  return bytes;
}

function no_pictures(): Record<string, Buffer> {
  return {
    "a text named .jpg": Buffer.from("Dear all, this is no photo.\n".repeat(40)),
    "a page": Buffer.from("<!doctype html><script>alert(1)</script>"),
    "a drawing with a script": Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "one byte": Buffer.from([0xff]),
    zeros: Buffer.alloc(5000),
  };
}

function damaged_pictures(): Record<string, Buffer> {
  const good = picture(7);
  const pictures: Record<string, Buffer> = {
    "the start of a JPEG": Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    "a PNG cut short": good.subarray(0, 60),
    "a damaged PNG": damaged(good, 40),
  };
  if (!has_corpus) return pictures;
  const real = readFileSync(corpus_photo("DSCN0010.jpg"));
  pictures["half a photo"] = real.subarray(0, real.length / 2);
  pictures["a photo without its end"] = real.subarray(0, real.length - 4000);
  pictures["a photo cut to its first kilobyte"] = real.subarray(0, 1024);
  pictures["a photo cut in its tables"] = real.subarray(0, 200);
  return pictures;
}

for (const engine of ["SQLite", "PostgreSQL"] as const) {
  const cluster = process.env.KEEPSAKE_TEST_POSTGRES;
  const skip = engine === "PostgreSQL" && !cluster && "skipped: no PostgreSQL";
  describe(`bad input on ${engine}`, { skip }, () => {
    let keepsake: Keepsake, database: FreshDatabase | undefined;
    let author: Api, other: Api, story: string, theirs: string, circle: string, before_all: unknown;

    const raw = (path: string, body: string | Buffer, type = "application/json", method = "POST"): Promise<Answer> =>
      author.ask(method, path, Buffer.from(body), { "content-type": type });
    const kept = async () => (await Promise.all(["/", `/stories/${story}`, "/photos", "/circles", `/stories/${story}/links`, "/account"].map((path) => author.get(path)))).map((answer) => answer.body);

    before(async () => {
      if (engine === "PostgreSQL") database = await fresh_database(cluster!);
      keepsake = await Keepsake.start(["--most-photo-bytes", String(limit), ...(database ? ["--database", database.address] : [])]);
      author = person(keepsake, "mara");
      other = person(keepsake, "olaf");
      theirs = (await other.upload(picture(3), "image/png")).body.id;
      circle = (await other.post("/circles", { name: "Theirs" })).body.id;
      story = (await author.post("/stories", { title: "Kept", body: "As it was." })).body.id;
      before_all = await kept();
    });
    after(async () => {
      await keepsake?.end();
      await database?.drop();
    });

    test("what is no photo", async () => {
      for (const [about, bytes] of Object.entries(no_pictures())) {
        refused(await author.upload(bytes, "image/jpeg"), 415, about);
      }
      // An older libpng does not read the head that far: then it is kept like any other that cannot be shown.
      const { status, body } = await other.upload(boundless(), "image/png");
      assert.ok(status === 413 || (status === 201 && body.shown === false), "a boundless PNG");
    });

    test("what is no longer a photo is kept as it came, and never drawn", async () => {
      for (const [about, bytes] of Object.entries(damaged_pictures())) {
        const { status, body } = await other.upload(bytes, "image/jpeg");
        assert.equal(status, 201, about);
        assert.equal(body.shown, false, about);
        const original = await other.get(`/photos/${body.id}/original`);
        assert.deepEqual(original.bytes, bytes, about);
        assert.match(original.headers.get("content-disposition")!, /^attachment/, about);
        assert.equal((await other.get(`/photos/${body.id}/320`)).status, 404, about);
      }
    });

    test("a photo is kept where only what the camera wrote beside it is damaged", { skip: !has_corpus && "skipped: no real photos here" }, async () => {
      const bytes = readFileSync(corpus_photo("image01551.jpg"));
      const { status, body } = await other.upload(bytes);
      assert.equal(status, 201);
      assert.deepEqual((await other.get(`/photos/${body.id}/original`)).bytes, bytes);
      assert.equal((await other.get(`/photos/${body.id}/320`)).status, 200);
    });

    test("an empty body, and bodies over the limit", async () => {
      refused(await author.ask("POST", "/photos", undefined, { "content-type": "image/jpeg" }), 422, "nothing");
      refused(await author.upload(Buffer.alloc(limit + 1), "image/png"), 413, "one byte too many");
      refused(await author.upload(Buffer.alloc(4 * limit), "image/png"), 413, "four times the limit");
      const title = "a".repeat(5 << 20);
      refused(await author.post("/stories", { title }), 413, "five megabytes of JSON");
      refused(await raw("/stories", `title=${title}`, "application/x-www-form-urlencoded"), 413, "five megabytes of a form");
      refused(await author.post("/circles", { name: title }), 413, "five megabytes for a name");
    });

    test("text that cannot be kept", async () => {
      const broken: Record<string, string | Buffer> = {
        NUL: '{"title":"a\\u0000b"}',
        "a bell": '{"title":"a\\u0007b"}',
        "half a surrogate": '{"title":"a\\ud800b"}',
        "a raw NUL": '{"title":"a\0b"}',
        "broken UTF-8": Buffer.from([...Buffer.from('{"title":"a'), 0xff, 0xfe, ...Buffer.from('"}')]),
        "an overlong slash": Buffer.from([...Buffer.from('{"title":"'), 0xc0, 0xaf, ...Buffer.from('"}')]),
        "a name of a field": Buffer.from([...Buffer.from('{"ti'), 0xff, ...Buffer.from('tle":"a"}')]),
      };
      for (const [about, body] of Object.entries(broken)) {
        refused(await raw("/stories", body), [400, 422], about);
        refused(await raw(`/stories/${story}`, body, "application/json", "PATCH"), [400, 422], about);
      }
      for (const pair of ["title=%00", "title=a%ffb", "title=%ed%a0%80", "ti%fftle=a", "title=%zz", "photos.0.caption=%07"]) {
        refused(await raw("/stories", pair, "application/x-www-form-urlencoded"), [400, 422], pair);
      }
      for (const path of ["/circles", `/stories/${story}/links`]) refused(await author.post(path, { name: "a\0b" }), 422, path);
      refused(await author.post("/account/profile", { display_name: "a\u0000b" }), 422, "a display name");
    });

    test("fields of a story that do not fit", async () => {
      const photos = (count: number) => Array.from({ length: count }, () => ({ id: nowhere }));
      const misfits: [string, unknown, string][] = [
        ["a title of a megabyte", { title: "a".repeat(1 << 20) }, "title"],
        ["two lines of a title", { title: "a\nb" }, "title"],
        ["a body of more than a megabyte", { body: "a".repeat((1 << 20) + 1) }, "body"],
        ["a thousand photos", { photos: photos(1000) }, "photos"],
        ["a photo without an id", { photos: [{}] }, "photos.0.id"],
        ["an id that is none", { photos: [{ id: "../../etc/passwd" }] }, "photos.0.id"],
        ["a caption without end", { photos: [{ id: nowhere, caption: "a".repeat(2001) }] }, "photos.0.caption"],
        ["a text for a list", { notes: "hospital" }, "notes"],
        ["a number for a text", { title: 7 }, "title"],
        ["a text for a number", { version: "one" }, "version"],
        ["a fraction", { version: 1.5 }, "version"],
        ["a field that is not known", { titel: "a" }, "titel"],
        ["a field within a photo", { photos: [{ id: nowhere, owner: "me" }] }, "photos.0.owner"],
        ["more notes than fit", { notes: Array.from({ length: 21 }, (_, at) => `note ${at}`) }, "notes"],
        ["a word before the story without end", { note: "a".repeat(2001) }, "note"],
        ["an audience that is none", { audience: ["everybody"] }, "audience"],
        ["an audience without end", { audience: Array.from({ length: 5000 }, () => "public") }, "audience"],
        ["a person who is nobody", { audience: ["person:nobody"] }, "audience"],
        ["somebody else's circle", { audience: [`circle:${circle}`] }, "audience"],
        ["a language", { lang: "<script>" }, "lang"],
        ["a state", { state: "trashed" }, "state"],
        ["who may comment", { comments: "all" }, "comments"],
      ];
      for (const [about, body, field] of misfits) {
        for (const answer of [await author.post("/stories", body), await author.ask("PATCH", `/stories/${story}`, body)]) {
          refused(answer, 422, about);
          assert.equal(answer.body.field, field, about);
        }
      }
    });

    test("what is somebody else's is refused in the words for what never was", async () => {
      const of_others = await author.post("/stories", { photos: [{ id: theirs }] });
      const never_was = await author.post("/stories", { photos: [{ id: nowhere }] });
      refused(of_others, 422, "a photo of somebody else's");
      assert.deepEqual(of_others.body, never_was.body);
      const circles = [circle, nowhere].map((id) => author.post("/stories", { audience: [`circle:${id}`] }));
      const [their_circle, no_circle] = await Promise.all(circles);
      assert.deepEqual(their_circle!.body, no_circle!.body);
    });

    test("JSON that is too deep, too long or says a thing twice", async () => {
      const bombs: Record<string, string> = {
        "a hundred thousand arrays": '{"notes":' + "[".repeat(100_000),
        "closed again": '{"notes":' + "[".repeat(50_000) + "]".repeat(50_000) + "}",
        "objects in objects": '{"a":'.repeat(50_000),
        "a list of two hundred thousand": `{"notes":[${"1,".repeat(200_000)}1]}`,
        "an object of two hundred thousand": `{${Array.from({ length: 200_000 }, (_, at) => `"k${at}":1`).join()}}`,
        "a number without end": `{"version":${"9".repeat(10_000)}}`,
        "a great exponent": '{"version":1e999999}',
        "a title twice": '{"title":"a","title":"b"}',
        "a title twice in other letters": '{"title":"a","t\\u0069tle":"b"}',
        "a caption twice": '{"photos":[{"caption":"a","caption":"b"}]}',
        "two documents": '{"title":"a"}{"title":"b"}',
        "a list": "[]",
        "a text": '"title"',
        nothing: "null",
        "half of it": '{"title":"a"',
        "a comment": '{"title":"a"/* b */}',
        "a comma too many": '{"title":"a",}',
        "a mark in front": "\ufeff{}x",
      };
      for (const [about, body] of Object.entries(bombs)) refused(await raw("/stories", body), [400, 422], about);
    });

    test("a form that says a thing twice", async () => {
      for (const form of ["title=a&title=b", "photos.0.caption=a&photos.0.caption=b", "photos.1000.id=a", "photos.-1.id=a", "photos.0=a", "photos.0.a.b=c", "nothing=a"]) {
        refused(await raw("/stories", form, "application/x-www-form-urlencoded"), [400, 422], form);
      }
      const many = Array.from({ length: 5000 }, () => "notes=a").join("&");
      refused(await raw("/stories", many, "application/x-www-form-urlencoded"), [400, 413, 422], "five thousand fields");
    });

    test("days that are none, for a link's end", async () => {
      const days = ["0000-00-00", "9999-12-31", "2030-02-30", "2030-13-01", "yesterday", "-2030-01-01", "1970-01-01", "99999999999999999999", "2030-12-31T24:61:00Z", "2030-12-31T10:00:00+99:99", "2030-12-31 10:00", "2030-1-1", "٢٠٣٠-٠١-٠١", " "];
      for (const expires of days) {
        const answer = await author.post(`/stories/${story}/links`, { name: "Grandma", expires });
        refused(answer, 422, expires);
        assert.equal(answer.body.field, "expires", expires);
      }
    });

    test("another kind of content than is said, or none", async () => {
      for (const type of ["text/plain", "application/xml", "multipart/form-data", "multipart/form-data; boundary=", "application/jsonp", "*/*"]) {
        refused(await raw("/stories", '{"title":"a"}', type), [400, 415], type);
      }
      refused(await raw("/stories", "no parts at all", "multipart/form-data; boundary=b"), 400, "no parts");
      refused(await raw("/stories", "--b\r\nContent-Disposition: form-data; name=title\r\n\r\nnever ends", "multipart/form-data; boundary=b"), 400, "no end");
      refused(await raw("/photos", '{"title":"a"}'), 415, "JSON for a photo");
    });

    test("ids that are none name nothing", async () => {
      for (const id of ["1", "a".repeat(25), "a".repeat(27), "A".repeat(26), "1".repeat(26), "%27%20OR%201=1", "%F0%9F%8C%B1", "null", "-1"]) {
        for (const path of [`/stories/${id}`, `/photos/${id}/320`, `/photos/${id}/original`, `/circles/${id}`, `/stories/${id}/edit`]) {
          refused(await author.get(path), 404, path);
        }
        refused(await author.ask("DELETE", `/stories/${id}`), 404, id);
        refused(await author.ask("PATCH", `/stories/${id}`, { title: "a" }), 404, id);
        refused(await author.ask("DELETE", `/links/${id}`), 404, id);
      }
      for (const edge of ["0", "321", "-320", "320.0", "99999999999999999999"]) refused(await author.get(`/photos/${theirs}/${edge}`), 404, edge);
    });

    test("two edits at once: the second is told, and changes nothing", async () => {
      const { id, version } = (await author.post("/stories", { title: "One" })).body;
      assert.equal((await author.ask("PATCH", `/stories/${id}`, { title: "Two", version })).status, 200);
      refused(await author.ask("PATCH", `/stories/${id}`, { title: "Three", version }), 409, "the second edit");
      assert.equal((await author.get(`/stories/${id}`)).body.title, "Two");
      assert.equal((await author.ask("DELETE", `/stories/${id}?for-good=1`)).status, 204);
    });

    test("what was kept is as it was", async () => {
      assert.deepEqual(await kept(), before_all);
    });
  });
}
