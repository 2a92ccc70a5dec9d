// Every real photo, and a picture of every kind that is taken with all in it that such a file can tell, through the real
// program: the original comes back bit for bit; each rendition, in every encoding, is upright, no larger than asked for,
// and exiftool finds nothing in it but what every picture has.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Api } from "./support/api.ts";
import { corpus_photo, corpus_photos, has_corpus, media_type } from "./support/corpus.ts";
import { Keepsake } from "./support/keepsake.ts";
import { bare_size, groups_in, has_exiftool, tell, told } from "./support/metadata.ts";
import { person } from "./support/people.ts";
import { gif, picture, tiff } from "./support/pictures.ts";

const edges = [320, 1024, 2048];
const usual = ["image/webp", "image/jpeg"];
const patience = 300_000; // until the house is quiet and AVIF is made, in milliseconds

interface Shown {
  id: string;
  width: number;
  height: number;
}

/** A house, somebody who adds photos to it, and a folder to look at them in. */
class Darkroom {
  readonly folder = mkdtempSync(join(tmpdir(), "keepsake-renditions-"));
  readonly added: Shown[] = [];
  private constructor(private readonly keepsake: Keepsake, readonly author: Api) {}

  static async open(): Promise<Darkroom> {
    const keepsake = await Keepsake.start();
    return new Darkroom(keepsake, person(keepsake, "mara"));
  }
  async close(): Promise<void> {
    await this.keepsake.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async add(file: string, type: string): Promise<Shown> {
    const answer = await this.author.upload(file, type);
    assert.equal(answer.status, 201, answer.bytes.toString());
    assert.ok(answer.body.width > 0, "it is kept, but cannot be shown");
    assert.deepEqual((await this.author.get(`/photos/${answer.body.id}/original`)).bytes, readFileSync(file));
    this.added.push(answer.body);
    return answer.body;
  }

  rendition = (photo: Shown, edge: number, accept: string) => this.author.get(`/photos/${photo.id}/${edge}`, { accept });

  async is_bare(photo: Shown, edge: number, type: string): Promise<void> {
    const rendition = await this.rendition(photo, edge, type);
    assert.equal(rendition.status, 200);
    assert.equal(rendition.headers.get("content-type"), type);
    assert.ok(!rendition.bytes.includes(told));
    const file = join(this.folder, `${edge}.${type.slice(6)}`);
    writeFileSync(file, rendition.bytes);
    const { width, height } = bare_size(file);
    assert.ok(Math.max(width, height) <= edge);
    assert.ok(Math.abs(width / height - photo.width / photo.height) < 0.02, "another shape");
  }
  async are_bare(photo: Shown, types: string[]): Promise<void> {
    for (const edge of edges) for (const type of types) await this.is_bare(photo, edge, type);
  }

  async until_avif_of(photo: Shown): Promise<void> {
    for (const begun = performance.now(); (await this.rendition(photo, 2048, "image/avif,*/*")).headers.get("content-type") !== "image/avif"; await pause(500)) {
      assert.ok(performance.now() - begun < patience, "no AVIF was made");
    }
  }
  /** Of everything that was added. */
  async avif_is_bare(): Promise<void> {
    for (const photo of this.added) {
      await this.until_avif_of(photo);
      await this.are_bare(photo, ["image/avif"]);
    }
  }
}

const skip = !has_exiftool && "skipped: no exiftool";

describe("renditions of real photos", { skip: has_corpus ? skip : "skipped: no real photos here" }, () => {
  let darkroom: Darkroom;
  before(async () => {
    darkroom = await Darkroom.open();
  });
  after(() => darkroom?.close());

  for (const name of has_corpus ? corpus_photos() : []) {
    test(name, async () => {
      const photo = await darkroom.add(corpus_photo(name), media_type(name));
      // The camera's own note of how it was held: landscape_N and portrait_N all stand upright.
      if (name.startsWith("landscape")) assert.ok(photo.width > photo.height);
      if (name.startsWith("portrait")) assert.ok(photo.height > photo.width);
      await darkroom.are_bare(photo, usual);
    });
  }

  test("all of them as AVIF", () => darkroom.avif_is_bare());
});

describe("renditions of every kind of picture that is taken", { skip }, () => {
  const [width, height] = [2600, 1300];
  let darkroom: Darkroom, drawn: Shown;

  before(async () => {
    darkroom = await Darkroom.open();
    const plain = join(darkroom.folder, "plain.png");
    writeFileSync(plain, picture(90, width, height));
    drawn = await darkroom.add(plain, "image/png");
  });
  after(() => darkroom?.close());

  // What the program draws is a picture of that kind, too.
  async function drawn_as(type: string): Promise<Buffer> {
    if (type === "image/avif") await darkroom.until_avif_of(drawn);
    const rendition = await darkroom.rendition(drawn, 2048, type);
    assert.equal(rendition.headers.get("content-type"), type);
    return rendition.bytes;
  }

  const kinds: [string, () => Promise<Buffer> | Buffer, string[]][] = [
    ["jpeg", () => drawn_as("image/jpeg"), ["IFD0", "GPS", "XMP-dc", "IPTC", "ICC_Profile"]],
    ["png", () => picture(120, width, height), ["PNG", "IFD0", "GPS", "XMP-dc", "ICC_Profile"]],
    ["webp", () => drawn_as("image/webp"), ["IFD0", "GPS", "XMP-dc"]],
    ["tiff", () => tiff(60, width, height), ["IFD0", "GPS", "XMP-dc", "IPTC", "ICC_Profile"]],
    ["gif", () => gif(150, width, height), ["XMP-dc"]],
    ["avif", () => drawn_as("image/avif"), ["IFD0", "GPS", "XMP-dc"]],
  ];
  const phone = has_corpus && corpus_photos().find((name) => media_type(name) === "image/heic");
  if (phone) kinds.push(["heic", () => readFileSync(corpus_photo(phone)), ["IFD0", "GPS", "XMP-dc"]]);

  for (const [kind, bytes, groups] of kinds) {
    test(kind, async () => {
      const file = join(darkroom.folder, `telling.${kind}`);
      writeFileSync(file, await bytes());
      tell(file);
      assert.ok(readFileSync(file).includes(told));
      const found = groups_in(file);
      assert.deepEqual(groups.filter((group) => !found.has(group)), [], `not in it: ${[...found]}`);
      await darkroom.are_bare(await darkroom.add(file, `image/${kind}`), usual);
    });
  }

  test("all of them as AVIF", () => darkroom.avif_is_bare());
});
