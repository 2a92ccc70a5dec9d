// What is kept, verified: damage done by hand is found, named and repaired from the mirror, beside the running server.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Api } from "./support/api.ts";
import { binary, Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";

const html = { accept: "text/html" };

async function until(holds: () => boolean | Promise<boolean>, about: string, seconds = 20): Promise<void> {
  for (const begun = performance.now(); !(await holds()); await pause(50)) assert.ok(performance.now() - begun < seconds * 1000, about);
}

/** Every blob's file below `folder`, by its name. */
function files_in(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const letters of existsSync(folder) ? readdirSync(folder) : []) {
    for (const name of readdirSync(join(folder, letters))) found.set(name, join(folder, letters, name));
  }
  return found;
}

function spoil(file: string, at: number): void {
  const bytes = readFileSync(file);
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = bytes[place]! ^ 1;
  writeFileSync(file, bytes);
}

describe("what is kept", () => {
  let keepsake: Keepsake, ana: Api, host: Api, mirror: string;
  const photos: string[] = [];

  const blobs = () => files_in(join(keepsake.data, "blobs"));
  const mirrored = () => files_in(join(mirror, "blobs"));
  const same = () => {
    const [here, there] = [blobs(), mirrored()];
    return here.size === there.size && [...here].every(([name, file]) => there.has(name) && readFileSync(file).equals(readFileSync(there.get(name)!)));
  };
  function verify(...more: string[]): { code: number | null; said: any } {
    const run = keepsake.command(["verify", "--json", ...more]);
    assert.ok(run.out, run.err);
    return { code: run.code, said: JSON.parse(run.out) };
  }

  before(async () => {
    mirror = mkdtempSync(join(tmpdir(), "keepsake-mirror-"));
    keepsake = await Keepsake.start(["--mirror", mirror]);
    ana = person(keepsake, "ana");
    host = person(keepsake, "hana", ["--host"]);
    for (const shade of [10, 20, 30]) photos.push((await ana.upload(picture(shade), "image/png")).body.id);
    await until(() => blobs().size === 30, "a rendition is missing", 120); // AVIF is drawn a minute later
  });
  after(async () => {
    await keepsake?.end();
    rmSync(mirror, { recursive: true, force: true });
  });

  test("has a second copy, bit for bit, soon after it is kept", async () => {
    await until(same, "the mirror is not filled");
    assert.equal(blobs().size, 30);
    const { code, said } = verify();
    assert.equal(code, 0);
    assert.deepEqual([said.sound, said.files, said.missing, said.damaged, said.mirror.state, said.found.length], [true, 30, 0, 0, "ready", 0]);
    assert.match(keepsake.command(["verify"]).out, /^Read 30 files, .*\nAll of them are there and whole\.\nThe mirror: 0 files copied, 0 mended\.\n$/);
  });

  test("is repaired from the mirror, whatever befell it, and is read as it was", async () => {
    const before = await Promise.all(photos.map(async (id) => (await ana.get(`/photos/${id}/original`)).bytes));
    const [header, chunk, tag, gone, cut, longer, one, other] = [...blobs().values()] as [string, string, string, string, string, string, string, string];
    spoil(header, 2);
    spoil(chunk, 30);
    spoil(tag, -1);
    rmSync(gone);
    truncateSync(cut, 40);
    writeFileSync(longer, Buffer.concat([readFileSync(longer), Buffer.from("more")]));
    renameSync(one, `${one}.aside`);
    renameSync(other, one);
    renameSync(`${one}.aside`, other);
    const { code, said } = verify();
    assert.equal(code, 0, JSON.stringify(said));
    assert.deepEqual([said.missing, said.damaged, said.repaired], [1, 7, 8]);
    for (const found of said.found) {
      assert.ok(photos.includes(found.photo) && found.owner === "ana" && found.repaired, JSON.stringify(found));
      assert.ok(found.file === "original" || [320, 1024, 2048].includes(found.edge), JSON.stringify(found));
    }
    assert.ok(same());
    const after = await Promise.all(photos.map(async (id) => (await ana.get(`/photos/${id}/original`)).bytes));
    before.forEach((bytes, at) => assert.ok(bytes.equals(after[at]!)));
    assert.equal(verify().said.damaged, 0);
  });

  test("mends the mirror from what is whole here", () => {
    const [first, second] = [...mirrored().values()] as [string, string];
    spoil(first, 20);
    rmSync(second);
    const { code, said } = verify();
    assert.deepEqual([code, said.mirror.copied, said.mirror.mended], [0, 1, 1]);
    assert.ok(same());
  });

  test("is named and left as it is where both are damaged", async () => {
    const [name, file] = [...blobs()][0]!;
    const kept = readFileSync(file);
    spoil(file, 20);
    spoil(mirrored().get(name)!, 20);
    const { code, said } = verify();
    assert.deepEqual([code, said.damaged, said.repaired, said.found[0].blob], [1, 1, 0, name]);
    const told = keepsake.command(["verify"]);
    assert.equal(told.code, 1);
    assert.match(told.out, new RegExp(`photo [a-z2-7]{26} of ana, .*: damaged  \\(blob ${name}\\)`));
    const safety = (await host.get("/host/safety")).body;
    assert.deepEqual([safety.verification.sound, safety.verification.damaged, safety.mirror], [false, 1, "ready"]);
    const page = (await host.get("/host/safety", html)).bytes.toString();
    for (const words of [/found something amiss/, /30 files were read/, /1 file was missing or damaged/, /every photo has a second copy/]) assert.match(page, words);
    writeFileSync(file, kept);
    assert.equal(verify().code, 0);
    assert.match((await host.get("/host/safety", html)).bytes.toString(), /is whole\./);
  });

  test("leaves what belongs to no photo, unless told otherwise", () => {
    const [, file] = [...blobs()][0]!;
    const orphan = join(keepsake.data, "blobs", "aa", "a".repeat(26)), young = join(keepsake.data, "blobs", "aa", `${"a".repeat(25)}e`);
    mkdirSync(join(keepsake.data, "blobs", "aa"), { recursive: true });
    for (const place of [orphan, young]) writeFileSync(place, readFileSync(file));
    const long_ago = Date.now() / 1000 - 7200;
    utimesSync(orphan, long_ago, long_ago);
    const { code, said } = verify();
    assert.deepEqual([code, said.orphans, said.removed, said.found[0].what], [0, 1, 0, "orphan"]);
    assert.equal(verify("--remove-orphans").said.removed, 1);
    assert.deepEqual([existsSync(orphan), existsSync(young)], [false, true]);
    rmSync(young);
  });

  test("leaves the mirror when it is removed for good", async () => {
    assert.ok((await ana.ask("DELETE", `/photos/${photos.pop()}`)).status < 300);
    await until(() => blobs().size === 20 && mirrored().size === 20, "the mirror keeps what is removed");
  });

  test("is served while the mirror is away, which is never filled by mistake", async () => {
    await keepsake.stop();
    renameSync(mirror, `${mirror}-unplugged`);
    mkdirSync(mirror);
    await keepsake.serve();
    const added = await ana.upload(picture(40), "image/png");
    assert.equal(added.status, 201);
    await until(async () => (await host.get("/host/safety")).body.mirror === "unmarked", "nobody is warned");
    assert.match((await host.get("/host", html)).bytes.toString(), /most likely its disk is not mounted/);
    await until(() => keepsake.printed.includes("mirror not usable"), "the log says nothing");
    const { code, said } = verify();
    assert.deepEqual([code, said.sound, said.mirror.state, said.damaged], [1, false, "unmarked", 0]);
    assert.equal(readdirSync(mirror).length, 0);
    rmSync(mirror, { recursive: true });
    renameSync(`${mirror}-unplugged`, mirror);
    await keepsake.stop();
    await keepsake.serve();
    await until(same, "the mirror is not filled again");
  });

  test("cannot be verified where there is nothing", () => {
    const nowhere = join(keepsake.data, "nothing");
    assert.equal(spawnSync(binary, ["verify", "--data", nowhere]).status, 2);
    assert.ok(!existsSync(nowhere));
  });
});
