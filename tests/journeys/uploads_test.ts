// Uploads over networks that come and go, by the tus protocol: with its official client, and request by request.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { after, before, describe, test } from "node:test";

import { Upload } from "tus-js-client";

import { Api, type Answer } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A film of that size: what a phone calls one, and then noise. */
function film(size: number): Buffer {
  return Buffer.concat([Buffer.from("\0\0\0\x18ftypisom\0\0\0\0isomiso2", "latin1"), randomBytes(size - 24)]);
}

/** A network that breaks every connection, `times` times, after some megabytes went through it. */
class Rough {
  cuts = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((near) => this.carry(near));

  constructor(private readonly port: number, private readonly times: number, private readonly megabytes: () => number) {}

  async open(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  end(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private carry(near: Socket): void {
    const far = connect(this.port, "127.0.0.1");
    let left = this.megabytes() * 1e6;
    for (const [from, to] of [[near, far], [far, near]] as const) {
      this.sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
      from.on("data", (bytes: Buffer) => {
        if (from === near) left -= bytes.length;
        if (left < 0 && this.cuts < this.times) {
          this.cuts++;
          near.resetAndDestroy();
          far.resetAndDestroy();
        } else if (!to.write(bytes)) {
          from.pause();
          to.once("drain", () => from.resume());
        }
      });
    }
  }
}

describe("uploads", () => {
  let keepsake: Keepsake, mara: Api, olaf: Api;

  before(async () => {
    keepsake = await Keepsake.start(["--most-photo-bytes", "200000000"]);
    mara = person(keepsake, "mara", ["--host"]);
    olaf = person(keepsake, "olaf");
  });
  after(() => keepsake?.end());

  const tus = { "tus-resumable": "1.0.0" };
  const piece_type = "application/offset+octet-stream";
  const begin = (size: number | string, more: Record<string, string> = {}, body?: Uint8Array) =>
    mara.ask("POST", "/uploads", body ?? new Uint8Array(), { ...tus, "upload-length": String(size), ...more });
  const send = (path: string, place: number, bytes: Uint8Array, more: Record<string, string> = {}) =>
    mara.ask("PATCH", path, bytes, { ...tus, "content-type": piece_type, "upload-offset": String(place), ...more });
  const head = (path: string) => mara.ask("HEAD", path, undefined, tus);
  const offset = (answer: Answer) => Number(answer.headers.get("upload-offset"));

  test("100 MB arrive bit for bit through 20 cuts and a server that is killed twice", { timeout: 240_000 }, async () => {
    const bytes = film(100_000_000);
    const network = new Rough(keepsake.port, 20, () => 2 + Math.random() * 4);
    let kills = 0;
    const url = await new Promise<string>(async (resolve, reject) => {
      const upload = new Upload(bytes as unknown as File, {
        endpoint: `${await network.open()}/uploads`,
        metadata: { filename: "the last summer.mp4" },
        headers: mara.shown(),
        chunkSize: 8 * 1024 * 1024,
        retryDelays: Array(60).fill(100),
        onProgress: (sent) => {
          if (kills > 1 || sent < (kills + 1) * 30e6) return;
          kills++;
          void keepsake.stop("SIGKILL").then(() => keepsake.serve());
        },
        onError: reject,
        onSuccess: () => resolve(upload.url!),
      });
      upload.start();
    });
    network.end();
    assert.equal(network.cuts, 20);
    assert.equal(kills, 2);
    const { photo } = (await mara.get(new URL(url).pathname)).body;
    assert.equal(photo.name, "the last summer.mp4");
    assert.equal(photo.shown, false);
    const original = await mara.get(`/photos/${photo.id}/original`);
    assert.equal(sha256(original.bytes), sha256(bytes));
    assert.equal(original.headers.get("content-type"), "video/mp4");
    assert.match(original.headers.get("content-disposition")!, /^attachment; .*filename\*=UTF-8''the%20last%20summer\.mp4$/);
  });

  test("what is understood here is said", async () => {
    const answer = await mara.ask("OPTIONS", "/uploads");
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get("tus-version"), "1.0.0");
    assert.equal(answer.headers.get("tus-extension"), "creation,creation-with-upload,expiration,checksum,termination");
    assert.equal(answer.headers.get("tus-checksum-algorithm"), "sha1,sha256");
    assert.equal(answer.headers.get("tus-max-size"), "200000000");
  });

  test("a photo in pieces is a photo with the last one", async () => {
    const bytes = picture(11);
    const begun = await begin(bytes.length, { "upload-metadata": `filename ${Buffer.from("ōhope.png").toString("base64")},filetype aW1hZ2UvcG5n` });
    assert.equal(begun.status, 201, begun.bytes.toString());
    assert.ok(Date.parse(begun.headers.get("upload-expires")!) > Date.now() + 86_400_000);
    const path = begun.headers.get("location")!;
    const first = await send(path, 0, bytes.subarray(0, 100));
    assert.equal(first.status, 204);
    assert.equal(offset(first), 100);
    assert.equal((await mara.get(path)).body.photo, undefined);
    const last = await send(path, 100, bytes.subarray(100));
    assert.equal(offset(last), bytes.length);
    const { photo, arrived, size } = (await mara.get(path)).body;
    assert.deepEqual([arrived, size], [bytes.length, bytes.length]);
    assert.equal(photo.name, "ōhope.png");
    assert.equal(photo.shown, true);
    assert.equal((await mara.get(`/photos/${photo.id}/320`)).status, 200);
  });

  test("a first piece may come with the beginning", async () => {
    const bytes = picture(12);
    const begun = await begin(bytes.length, { "content-type": piece_type }, bytes);
    assert.equal(begun.status, 201, begun.bytes.toString());
    assert.equal(offset(begun), bytes.length);
    assert.ok((await mara.get(begun.headers.get("location")!)).body.photo);
  });

  test("a wrong place is a conflict, a wrong checksum a 460, and nothing changes", async () => {
    const bytes = picture(13);
    const path = (await begin(bytes.length)).headers.get("location")!;
    assert.equal((await send(path, 5, bytes)).status, 409);
    const sha1 = (part: Uint8Array) => `sha1 ${createHash("sha1").update(part).digest("base64")}`;
    assert.equal((await send(path, 0, bytes.subarray(0, 50), { "upload-checksum": sha1(bytes) })).status, 460);
    assert.equal((await send(path, 0, bytes, { "upload-checksum": "crc32 AAAA" })).status, 400);
    assert.equal((await send(path, 0, bytes, { "upload-checksum": "sha1 AAAA" })).status, 400);
    assert.equal(offset(await head(path)), 0);
    assert.equal((await send(path, 0, bytes.subarray(0, 50), { "upload-checksum": sha1(bytes.subarray(0, 50)) })).status, 204);
    assert.equal(offset(await head(path)), 50);
  });

  test("what is not said rightly is refused before anything is kept", async () => {
    for (const length of ["", "-1", "1e3", "+5", "0x10", "99999999999999999999", "5, 5"])
      assert.equal((await begin(length)).status, 400, length);
    assert.equal((await begin(0)).status, 422);
    assert.equal((await begin(200_000_001)).status, 413);
    const other = await mara.ask("POST", "/uploads", new Uint8Array(), { "tus-resumable": "0.2.2", "upload-length": "5" });
    assert.equal(other.status, 412);
    assert.equal(other.headers.get("tus-version"), "1.0.0");
    const path = (await begin(50)).headers.get("location")!;
    assert.equal((await send(path, 0, picture(14))).status, 413);
    assert.equal((await send(path, 0, picture(14).subarray(0, 50), { "content-type": "image/png" })).status, 415);
    assert.equal((await mara.ask("PATCH", path, picture(14).subarray(0, 50), { ...tus, "content-type": piece_type })).status, 400);
    assert.equal(offset(await head(path)), 0);
  });

  test("an upload is its sender's alone, and one that is given up is gone", async () => {
    const path = (await begin(50)).headers.get("location")!;
    for (const [method, expected] of [["GET", 404], ["HEAD", 404], ["PATCH", 404], ["DELETE", 404]] as const) {
      const body = method === "PATCH" ? new Uint8Array(5) : undefined;
      const answer = await olaf.ask(method, path, body, { ...tus, "content-type": piece_type, "upload-offset": "0" });
      assert.equal(answer.status, expected, method);
    }
    assert.equal((await new Api(keepsake.address).get(path)).status, 401);
    const override = await mara.ask("POST", path, new Uint8Array(), { ...tus, "x-http-method-override": "DELETE" });
    assert.equal(override.status, 204);
    assert.equal((await head(path)).status, 404);
    assert.equal((await send(path, 0, new Uint8Array(5))).status, 404);
  });

  test("what can never be shown nor kept is told in words, then and later", async () => {
    const bytes = Buffer.from("Dear Olaf, this is a letter and no photo.");
    const path = (await begin(bytes.length, { "upload-metadata": `filename ${Buffer.from("letter.jpg").toString("base64")}` })).headers.get("location")!;
    const refused = await send(path, 0, bytes);
    assert.equal(refused.status, 415);
    assert.equal(refused.body.detail, "Photos, films, sounds and PDF files can be kept here. This file is none of them.");
    assert.equal((await mara.get(path)).body.refused, refused.body.detail);
  });

  test("a picture that is cut short is kept as it came", async () => {
    const bytes = picture(15).subarray(0, -20);
    const added = await mara.upload(bytes, "image/png");
    assert.equal(added.status, 201, added.bytes.toString());
    assert.equal(added.body.shown, false);
    assert.equal((await mara.get(`/photos/${added.body.id}/320`)).status, 404);
    const original = await mara.get(`/photos/${added.body.id}/original`);
    assert.equal(sha256(original.bytes), sha256(bytes));
    const story = await mara.post("/stories", { title: "The garden", photos: [{ id: added.body.id }] });
    assert.equal(story.status, 422, "a story holds what can be shown");
  });
});
