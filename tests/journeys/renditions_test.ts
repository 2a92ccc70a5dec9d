// Every real photo through the real program: the original comes back bit for bit; each rendition is upright, no larger
// than asked for, and exiftool finds nothing in it but what every picture has.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Api } from "./support/api.ts";
import { corpus_photo, corpus_photos, has_corpus, media_type } from "./support/corpus.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";

// What exiftool says of any file, and of the frame that a decoder needs: nothing of a camera, a place or a time.
const plain = new Set([
  "SourceFile", "ExifToolVersion", "FileName", "Directory", "FileSize", "FileModifyDate", "FileAccessDate",
  "FileInodeChangeDate", "FilePermissions", "FileType", "FileTypeExtension", "MIMEType", "ImageWidth", "ImageHeight",
  "EncodingProcess", "BitsPerSample", "ColorComponents", "YCbCrSubSampling", "ImageSize", "Megapixels", "VP8Version",
  "HorizontalScale", "VerticalScale", "JFIFVersion", "ResolutionUnit", "XResolution", "YResolution", "WebP_Flags",
]);

const has_exiftool = spawnSync("exiftool", ["-ver"]).status === 0;
const skip = !has_corpus ? "skipped: no real photos here" : !has_exiftool && "skipped: no exiftool";

describe("renditions of real photos", { skip }, () => {
  let keepsake: Keepsake, author: Api, folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "keepsake-renditions-"));
    keepsake = await Keepsake.start();
    author = person(keepsake, "mara");
  });
  after(async () => {
    await keepsake?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const name of has_corpus ? corpus_photos() : []) {
    test(name, async () => {
      const added = await author.upload(corpus_photo(name), media_type(name));
      assert.equal(added.status, 201, added.bytes.toString());
      const { id, width, height } = added.body;
      assert.deepEqual((await author.get(`/photos/${id}/original`)).bytes, readFileSync(corpus_photo(name)));
      // The camera's own note of how it was held: landscape_N and portrait_N all stand upright.
      if (name.startsWith("landscape")) assert.ok(width > height);
      if (name.startsWith("portrait")) assert.ok(height > width);
      for (const edge of [320, 1024, 2048]) {
        for (const accept of ["image/webp", "image/jpeg"]) {
          const rendition = await author.get(`/photos/${id}/${edge}`, { accept });
          assert.equal(rendition.status, 200);
          assert.equal(rendition.headers.get("content-type"), accept);
          const file = join(folder, `${edge}.${accept.slice(6)}`);
          writeFileSync(file, rendition.bytes);
          const found = JSON.parse(spawnSync("exiftool", ["-json", file], { encoding: "utf8" }).stdout)[0];
          assert.deepEqual(Object.keys(found).filter((tag) => !plain.has(tag)), []);
          assert.ok(Math.max(found.ImageWidth, found.ImageHeight) <= edge);
          assert.ok(Math.abs(found.ImageWidth / found.ImageHeight - width / height) < 0.02, "another shape");
        }
      }
    });
  }
});
