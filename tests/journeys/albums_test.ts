// Albums, sealed albums and drop links, as programs and forms without scripts meet them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api, type Answer } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";

const tus = { "tus-resumable": "1.0.0" };
const in_base64 = (text: string) => Buffer.from(text).toString("base64");

/** A form with files, as a browser sends it. */
function form(files: [name: string, bytes: Buffer][]): { body: Buffer; type: string } {
  const parts = files.flatMap(([name, bytes]) => [
    Buffer.from(`--zq\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`), bytes, Buffer.from("\r\n"),
  ]);
  return { body: Buffer.concat([...parts, Buffer.from("--zq--\r\n")]), type: "multipart/form-data; boundary=zq" };
}

describe("albums and drop links", () => {
  let keepsake: Keepsake, mara: Api, olaf: Api;

  before(async () => {
    keepsake = await Keepsake.start();
    mara = person(keepsake, "mara", ["--host"]);
    olaf = person(keepsake, "olaf");
  });
  after(async () => {
    await keepsake?.end();
  });

  const made = async (answer: Promise<Answer>) => {
    const { status, body, bytes } = await answer;
    assert.ok(status < 300, bytes.toString());
    return body;
  };
  const album = async (name: string, sealed = false): Promise<string> => (await made(mara.post("/albums", { name, sealed }))).id;
  const kept = async (shade: number): Promise<string> => (await made(mara.upload(picture(shade), "image/png"))).id;
  const mine = async (): Promise<string[]> => (await mara.get("/photos")).body.photos.map((photo: any) => photo.id);
  const in_album = async (id: string): Promise<string[]> => (await mara.get(`/albums/${id}`)).body.photos.map((photo: any) => photo.id);
  const drop_link = async (id: string, more: object = {}): Promise<{ id: string; path: string }> => {
    const link = await made(mara.post(`/albums/${id}/drops`, { name: "Aroha", ...more }));
    return { id: link.id, path: new URL(link.url).pathname };
  };
  const let_in = async (path: string): Promise<Api> => {
    const sender = new Api(keepsake.address);
    await made(sender.post(path, {}));
    return sender;
  };
  const send = (sender: Api, path: string, ...files: [string, Buffer][]) => {
    const { body, type } = form(files);
    return sender.ask("POST", `${path}/photos`, body, { "content-type": type });
  };

  test("an album keeps photos together, and they stay when it ends", async () => {
    const one = await kept(1), two = await kept(2);
    const id = await album("The first week");
    await made(mara.post(`/albums/${id}/photos`, { photos: [one, two] }));
    const sent = await made(mara.ask("POST", `/albums/${id}/photos`, picture(3), { "content-type": "image/png" }));
    await made(mara.ask("POST", `/albums/${id}/photos`, picture(3), { "content-type": "application/octet-stream" })); // the same once more
    assert.deepEqual(await in_album(id), [sent.photos[0], two, one]);
    assert.equal((await mara.ask("DELETE", `/albums/${id}/photos/${two}`)).status, 204);
    await made(mara.ask("PATCH", `/albums/${id}`, { name: "Week one" }));
    const { body } = await mara.get("/albums");
    assert.equal(body.albums.find((each: any) => each.id === id).name, "Week one");
    assert.equal((await olaf.get(`/albums/${id}`)).status, 404);
    assert.equal((await mara.ask("DELETE", `/albums/${id}`)).status, 204);
    assert.equal((await mara.get(`/albums/${id}`)).status, 404);
    for (const photo of [one, two, sent.photos[0]]) assert.ok((await mine()).includes(photo));
  });

  test("pages of an album follow each other", async () => {
    const id = await album("Many");
    for (let shade = 100; shade < 150; shade++) await kept(shade);
    const photos = (await mine()).slice(0, 48);
    const rest = (await mara.get(`/photos?after=${photos.at(-1)}`)).body.photos.map((photo: any) => photo.id).slice(0, 2);
    await made(mara.post(`/albums/${id}/photos`, { photos: [...photos, ...rest] }));
    const first = (await mara.get(`/albums/${id}`)).body;
    assert.equal(first.photos.length, 48);
    const second = (await mara.get(`/albums/${id}?after=${first.next}`)).body;
    assert.deepEqual(second.photos.map((photo: any) => photo.id), rest);
    assert.equal(second.next, undefined);
  });

  test("a sealed album stays shut until it is opened on purpose", async () => {
    const id = await album("Not yet");
    const photo = await kept(10);
    await made(mara.post(`/albums/${id}/photos`, { photos: [photo] }));
    assert.equal((await mara.post(`/albums/${id}/seal`, {})).status, 204);
    const { body } = await mara.get(`/albums/${id}`);
    assert.deepEqual(Object.keys(body).sort(), ["created", "id", "name", "sealed"]);
    const page = (await mara.get(`/albums/${id}`, { accept: "text/html" })).bytes.toString();
    assert.ok(page.includes("There may be photos here. Look now, or leave them kept."));
    for (const path of ["/photos", "/albums", `/albums/${id}`, "/things"])
      assert.ok(!(await mara.get(path, { accept: "text/html" })).bytes.toString().includes(photo), path);
    for (const path of [`/photos/${photo}/320`, `/photos/${photo}/original`]) assert.equal((await mara.get(path)).status, 404);
    assert.equal((await mara.ask("DELETE", `/albums/${id}`)).status, 409);
    assert.equal((await mara.post(`/albums/${id}/open`, {})).status, 204);
    assert.deepEqual(await in_album(id), [photo]);
    assert.equal((await mara.get(`/photos/${photo}/320`)).status, 200);
  });

  test("what is dropped waits, and its sender sees its name alone", async () => {
    const before = await mine();
    const id = await album("From all of you");
    const { path } = await drop_link(id);
    assert.deepEqual((await new Api(keepsake.address).get(path)).body, { author: "mara", passphrase: false, open: false, name: "Aroha" });
    const sender = await let_in(path);
    const answer = await send(sender, path, ["beach.png", picture(20)], ["boat.png", picture(21)]);
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.body.photos.map((each: any) => [each.name, each.arrived]), [["beach.png", true], ["boat.png", true]]);
    assert.deepEqual(Object.keys(answer.body.photos[0]).sort(), ["arrived", "id", "name"]);
    assert.deepEqual(await mine(), before);
    const boat = answer.body.photos[1].id;
    assert.equal((await sender.ask("DELETE", `${path}/photos/${boat}`)).status, 204);
    assert.deepEqual((await sender.get(path)).body.photos.map((each: any) => each.name), ["beach.png"]);
    assert.equal((await (await let_in(path)).get(path)).body.photos.length, 0, "another visit sees nothing of it");
    await made(mara.post(`/albums/${id}/open`, {}));
    const [arrived, ...more] = await in_album(id);
    assert.deepEqual(more, []);
    assert.deepEqual((await mara.get(`/photos/${arrived}/original`)).bytes, picture(20));
    assert.equal((await sender.get(path)).status, 410);
    assert.equal((await send(sender, path, ["late.png", picture(22)])).status, 410);
  });

  test("whether the owner has a photo already is not told, and theirs stays", async () => {
    const own = await kept(30);
    const id = await album("More");
    const { path } = await drop_link(id);
    const sender = await let_in(path);
    const known = await send(sender, path, ["a.png", picture(30)]), fresh = await send(sender, path, ["a.png", picture(31)]);
    const as_it_is = (answer: Answer) => JSON.stringify(answer.body).replace(/"id":"\w+"/, "");
    assert.equal(as_it_is(known), as_it_is(fresh));
    assert.equal(known.status, fresh.status);
    assert.ok((await mine()).includes(own));
    assert.equal((await sender.ask("DELETE", `${path}/photos/${known.body.photos[0].id}`)).status, 204);
    assert.equal((await mara.get(`/photos/${own}/original`)).status, 200);
  });

  test("pieces come the same way, and end with the link", async () => {
    const id = await album("In pieces");
    const link = await drop_link(id);
    const sender = await let_in(link.path);
    const file = picture(40);
    const begin = () => sender.ask("POST", "/uploads", new Uint8Array(), { ...tus, "upload-length": String(file.length), "upload-metadata": `filename ${in_base64("film.png")}` });
    const append = (place: string, bytes: Buffer, at: number) =>
      sender.ask("PATCH", place, bytes, { ...tus, "content-type": "application/offset+octet-stream", "upload-offset": String(at) });
    const place = (await begin()).headers.get("location")!;
    assert.equal((await append(place, file.subarray(0, 50), 0)).status, 204);
    assert.equal((await olaf.get(place)).status, 404);
    assert.equal((await mara.get(place)).status, 404, "nor is it among the owner's uploads");
    assert.equal((await append(place, file.subarray(50), 50)).status, 204);
    const { kept: is_kept, photo } = (await sender.get(place)).body;
    assert.deepEqual([is_kept, photo], [true, undefined]);
    assert.deepEqual((await sender.get(link.path)).body.photos.map((each: any) => each.name), ["film.png"]);
    const second = (await begin()).headers.get("location")!;
    assert.equal((await mara.ask("DELETE", `/drops/${link.id}`)).status, 204);
    assert.equal((await append(second, file, 0)).status, 410);
    assert.equal((await begin()).status, 410);
  });

  test("one's own pieces go straight into an album", async () => {
    const id = await album("Shut", true);
    const file = picture(50);
    const about = `filename ${in_base64("a.png")},album ${in_base64(id)}`;
    const sent = await mara.ask("POST", "/uploads", file, { ...tus, "upload-length": String(file.length), "upload-metadata": about, "content-type": "application/offset+octet-stream" });
    assert.equal(sent.status, 201);
    const { kept: is_kept, photo } = (await mara.get(sent.headers.get("location")!)).body;
    assert.deepEqual([is_kept, photo], [true, undefined]);
    await made(mara.post(`/albums/${id}/open`, {}));
    assert.equal((await in_album(id)).length, 1);
    const others = await olaf.ask("POST", "/uploads", new Uint8Array(), { ...tus, "upload-length": "10", "upload-metadata": about });
    assert.equal(others.status, 404);
  });

  test("a passphrase is asked for, and until then nothing says whom the link is for", async () => {
    const { path } = await drop_link(await album("Kept safe"), { name: "Grandma", passphrase: "the blue boat" });
    const sender = new Api(keepsake.address);
    for (const accept of ["text/html", "application/json"]) assert.ok(!(await sender.get(path, { accept })).bytes.toString().includes("Grandma"));
    assert.equal((await sender.post(path, { passphrase: "the red boat" })).status, 422);
    assert.equal((await send(sender, path, ["a.png", picture(60)])).status, 410);
    await made(sender.post(path, { passphrase: "The Blue Boat" }));
    assert.equal((await send(sender, path, ["a.png", picture(60)])).status, 201);
  });

  test("what is no photo is refused with a sentence, and what came before it stays", async () => {
    const { path } = await drop_link(await album("Letters"));
    const sender = await let_in(path);
    const answer = await send(sender, path, ["a.png", picture(70)], ["letter.txt", Buffer.from("Dear Olaf")]);
    assert.equal(answer.status, 415);
    assert.deepEqual((await sender.get(path)).body.photos.map((each: any) => each.name), ["a.png"]);
  });
});
