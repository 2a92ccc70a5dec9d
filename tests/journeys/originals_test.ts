// One's originals taken along: an archive that unpacks to the very bytes, goes on where the network broke, and
// holds nothing that is sealed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import type { Api } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";

const html = { accept: "text/html" };
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("originals as an archive", () => {
  let keepsake: Keepsake, folder: string, mara: Api, olaf: Api;
  const sent = new Map<string, Buffer>();

  /** Sends a file under its name, as a browser's form does. */
  async function keep(name: string, bytes: Buffer, to = "/photos"): Promise<void> {
    const body = Buffer.concat([Buffer.from(`--zq\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n`), bytes, Buffer.from("\r\n--zq--\r\n")]);
    const { status } = await mara.ask("POST", to, body, { "content-type": "multipart/form-data; boundary=zq" });
    assert.ok(status < 300, String(status));
    sent.set(name, bytes);
  }
  /** What a program that knows nothing of us unpacks, by name. */
  function unpacked(archive: Buffer): Map<string, Buffer> {
    const into = mkdtempSync(join(folder, "unpacked-"));
    const file = join(folder, "archive.zip");
    writeFileSync(file, archive);
    const run = spawnSync("/usr/bin/python3", ["-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip()); z.extractall(sys.argv[2])", file, into], { encoding: "utf8" });
    assert.equal(run.stdout, "None\n", run.stderr);
    return new Map(readdirSync(into).map((name) => [name, readFileSync(join(into, name))]));
  }
  const sums = (files: Map<string, Buffer>) => [...files].map(([name, bytes]) => `${name} ${sha256(bytes)}`).sort();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "keepsake-originals-"));
    keepsake = await Keepsake.start();
    mara = person(keepsake, "mara");
    olaf = person(keepsake, "olaf");
  });
  after(async () => {
    await keepsake?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test("whoever has none is told so", async () => {
    assert.equal((await mara.get("/photos/originals.zip")).status, 404);
    assert.doesNotMatch((await mara.get("/photos", html)).bytes.toString(), /originals\.zip/);
  });

  test("all of them, bit for bit, each under the name it came with", async () => {
    for (const [at, name] of ["IMG_1.png", "am Fluß.png", "words.pdf"].entries())
      await keep(name, name.endsWith("pdf") ? Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(300_000, 7)]) : picture(at));
    assert.match((await mara.get("/photos", html)).bytes.toString(), /<a href="\/photos\/originals\.zip\?part=1" download>/);
    const answer = await mara.get("/photos/originals.zip");
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("content-type"), "application/zip");
    assert.equal(answer.headers.get("content-length"), String(answer.bytes.length));
    assert.match(answer.headers.get("content-disposition")!, /^attachment; filename="originals\.zip"; filename\*=UTF-8''/);
    assert.match(answer.headers.get("cache-control")!, /private/);
    assert.deepEqual(sums(unpacked(answer.bytes)), sums(sent));
    assert.equal((await mara.get("/photos/originals.zip?part=2")).status, 404);
    assert.equal((await mara.get("/photos/originals.zip?part=x")).status, 404);
  });

  test("goes on where the network broke, and begins anew where the photos are others by now", async () => {
    const whole = await mara.get("/photos/originals.zip");
    const tag = whole.headers.get("etag")!, half = whole.bytes.length >> 1;
    const rest = await mara.get("/photos/originals.zip", { range: `bytes=${half}-`, "if-range": tag });
    assert.equal(rest.status, 206);
    assert.ok(Buffer.concat([whole.bytes.subarray(0, half), rest.bytes]).equals(whole.bytes));
    await keep("IMG_1.PNG", picture(77));
    const anew = await mara.get("/photos/originals.zip", { range: `bytes=${half}-`, "if-range": tag });
    assert.equal(anew.status, 200);
    assert.deepEqual([...unpacked(anew.bytes).keys()].sort(), ["IMG_1 (2).PNG", "IMG_1.png", "am Fluß.png", "words.pdf"]);
  });

  test("an album's alone, and nothing while it is sealed", async () => {
    const { id } = (await mara.post("/albums", { name: "Der Sommer / 2025" })).body;
    assert.equal((await mara.get(`/albums/${id}/originals.zip`)).status, 404);
    await keep("shore.png", picture(5), `/albums/${id}/photos`);
    assert.match((await mara.get(`/albums/${id}`, html)).bytes.toString(), new RegExp(`<a href="/albums/${id}/originals.zip" download>`));
    const answer = await mara.get(`/albums/${id}/originals.zip`);
    assert.deepEqual([...unpacked(answer.bytes).keys()], ["shore.png"]);
    assert.match(answer.headers.get("content-disposition")!, /filename\*=UTF-8''Der%20Sommer%20%2F%202025\.zip$/);
    assert.equal((await olaf.get(`/albums/${id}/originals.zip`)).status, 404);
    assert.ok((await mara.post(`/albums/${id}/seal`, {})).status < 300);
    assert.equal((await mara.get(`/albums/${id}/originals.zip`)).status, 404);
    assert.doesNotMatch((await mara.get(`/albums/${id}`, html)).bytes.toString(), /originals\.zip/);
    assert.ok(![...unpacked((await mara.get("/photos/originals.zip")).bytes).keys()].includes("shore.png"));
  });

  test("what the disk has lost is told by its checksum, and everything else arrives", async () => {
    const blobs = join(keepsake.data, "blobs");
    const largest = readdirSync(blobs).flatMap((letters) => readdirSync(join(blobs, letters)).map((name) => join(blobs, letters, name)))
      .find((file) => readFileSync(file).length > 300_000)!;
    truncateSync(largest, 100_000);
    const answer = await mara.get("/photos/originals.zip");
    assert.equal(answer.headers.get("content-length"), String(answer.bytes.length));
    const file = join(folder, "damaged.zip");
    writeFileSync(file, answer.bytes);
    const run = spawnSync("/usr/bin/python3", ["-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))", file], { encoding: "utf8" });
    assert.equal(run.stdout, "words.pdf 4\n", run.stderr);
    const told = "an original is missing in an archive";
    for (let waited = 0; waited < 100 && !keepsake.printed.includes(told); waited++) await pause(50);
    assert.ok(keepsake.printed.includes(told));
  });
});
