// A host corrects, adds and hides helplines, and readers say that one did not work.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";

const html = { accept: "text/html" };
const form = { ...html, "content-type": "application/x-www-form-urlencoded" };
const body_of = (fields: Record<string, string>) => Buffer.from(new URLSearchParams(fields).toString());

describe("a host and the helplines", () => {
  let keepsake: Keepsake, hana: Api, tane: Api, nobody: Api;

  before(async () => {
    keepsake = await Keepsake.start();
    hana = person(keepsake, "hana", ["--host"]);
    tane = person(keepsake, "tane");
    nobody = new Api(keepsake.address);
  });
  after(() => keepsake?.end());

  const record = { name: "The Quiet Line", general: true, channels: [{ kind: "call", number: "0800 111 222" }], hours: "mo-fr 09:00-17:00", zone: "Pacific/Auckland", sources: [{ address: "https://quiet.example/", quote: "Call 0800 111 222", own: true }], sure: "provider" };
  const shown = async () => (await nobody.get("/help?country=NZ")).body.lines as any[];
  const of = async (id: string) => (await hana.get(`/host/helplines/${id}`)).body;
  const page = async (path: string) => (await nobody.get(path, html)).bytes.toString();

  test("adds a line, which readers are shown with their next page", async () => {
    assert.ok(!(await page("/help?country=NZ")).includes("The Quiet Line"));
    const added = await hana.post("/host/helplines", { country: "NZ", ...record });
    assert.equal(added.status, 201);
    assert.deepEqual(added.body, { id: "nz-the-quiet-line", url: "/host/helplines/nz-the-quiet-line" });
    const line = (await shown()).find((one) => one.name === "The Quiet Line");
    assert.equal(line.channels[0].dial, "0800111222");
    assert.ok((await page("/help?country=NZ")).includes("0800 111 222"));
    assert.equal((await of("nz-the-quiet-line")).state, "added");
  });

  test("corrects a number: the host's record stands until it is taken back", async () => {
    const before = (await of("nz-emergency")).record;
    assert.equal((await of("nz-emergency")).state, "ours");
    const change = { name: before.name, emergency: true, channels: [{ kind: "call", number: "222" }], sources: [{ address: "https://emergency.example/", quote: "Call 222" }], sure: "one" };
    assert.equal((await hana.post("/host/helplines/nz-emergency", change)).status, 204);
    const corrected = await of("nz-emergency");
    assert.equal(corrected.state, "corrected");
    assert.equal(corrected.record.channels[0].dial, "222");
    assert.deepEqual(corrected.record.languages, before.languages, "what the form does not ask for stays");
    assert.ok((await shown()).some((one) => one.channels[0].number === "222"));
    assert.match(await page("/help?country=NZ"), /href="tel:222"/);

    const [step] = corrected.trail;
    assert.equal(step.host, "hana");
    assert.equal(step.act, "kept");
    assert.deepEqual(step.before, before);
    assert.equal(step.after.channels[0].number, "222");
    assert.equal((await hana.post("/host/helplines/nz-emergency/take-back", {})).status, 204);
    assert.deepEqual((await of("nz-emergency")).record, before);
    assert.deepEqual((await of("nz-emergency")).trail.map((one: any) => one.act), ["taken-back", "kept"]);
    assert.ok(!(await page("/help?country=NZ")).includes("tel:222"));
  });

  test("hides a line and shows it again", async () => {
    assert.equal((await hana.post("/host/helplines/nz-the-quiet-line/hide", {})).status, 204);
    assert.ok(!(await page("/help?country=NZ")).includes("The Quiet Line"));
    assert.equal((await nobody.get("/help/lines/nz-the-quiet-line/did-not-work")).status, 404);
    assert.equal((await of("nz-the-quiet-line")).hidden, true);
    assert.equal((await hana.post("/host/helplines/nz-the-quiet-line/show", {})).status, 204);
    assert.ok((await page("/help?country=NZ")).includes("The Quiet Line"));
  });

  test("cannot keep what no telephone reaches or nothing bears out", async () => {
    const code = await hana.post("/host/helplines", { country: "NZ", ...record, channels: [{ kind: "call", number: "+64 116 123" }] });
    assert.equal(code.status, 422);
    assert.equal(code.body.field, "channels.0.number");
    assert.equal(code.body.detail, "+64116123 is a made-up international form of a short code: no telephone reaches it.");
    const in_german = await hana.ask("POST", "/host/helplines", { country: "NZ", ...record, channels: [{ kind: "call", number: "+64 116 123" }] }, { "accept-language": "de" });
    assert.equal(in_german.body.detail, "+64116123 ist eine ausgedachte internationale Form einer Kurznummer: Kein Telefon erreicht sie.");
    const unread = await hana.post("/host/helplines", { country: "NZ", ...record, sources: [] });
    assert.equal(unread.body.field, "sources");
    const nowhere = await hana.post("/host/helplines", { ...record, country: "QQ" });
    assert.equal(nowhere.body.field, "country");
    const hours = await hana.post("/host/helplines", { country: "NZ", ...record, hours: "whenever" });
    assert.equal(hours.body.field, "hours");
    assert.equal((await hana.post("/host/helplines/nz-nowhere", record)).status, 404);
    for (const path of ["/host/helplines", "/host/helplines/nz-emergency"]) assert.equal((await tane.get(path)).status, 403);
  });

  test("works without a script: a form that is refused comes back with what was typed, at the field", async () => {
    const fields = { country: "NZ", name: "The Night Line", general: "true", "channels.0.kind": "call", "channels.0.number": "+64 116 123", "channels.1.kind": "call", "channels.1.number": "", "sources.0.address": "https://night.example/", "sources.0.quote": "0800 333 444", sure: "one" };
    const refused = await hana.ask("POST", "/host/helplines", body_of(fields), form);
    assert.equal(refused.status, 422);
    const back = refused.bytes.toString();
    assert.match(back, /<a href="#number-0">\+64116123 is a made-up international form/);
    assert.match(back, /id="number-0" name="channels\.0\.number" value="\+64 116 123" [^>]*aria-invalid="true"/);
    assert.match(back, /value="https:\/\/night\.example\/"/);
    const broken = await hana.ask("POST", "/host/helplines", body_of({ ...fields, general: "perhaps" }), form);
    assert.equal(broken.status, 422);
    assert.match(broken.bytes.toString(), /value="The Night Line"/);
    const kept = await hana.ask("POST", "/host/helplines", body_of({ ...fields, "channels.0.number": "0800 333 444" }), form);
    assert.equal(kept.status, 303);
    const address = kept.headers.get("location")!;
    const shown = (await hana.get(address, html)).bytes.toString();
    assert.match(shown, /value="0800 333 444"/);
    assert.match(shown, /Written by hana on /);
    const again = await hana.ask("POST", `${address}/take-back`, body_of({}), form);
    assert.equal(again.headers.get("location"), "/host/helplines?country=NZ");
    const list = (await hana.get("/host/helplines?country=NZ", html)).bytes.toString();
    assert.ok(!list.includes("The Night Line") && list.includes("The Quiet Line"));
    assert.match((await hana.get("/host/helplines", html)).bytes.toString(), /New Zealand<\/a>[^]+nz-the-night-line/);
  });

  test("reads how often a line did not work, and nothing of who says so", async () => {
    const path = "/help/lines/nz-the-quiet-line/did-not-work";
    assert.deepEqual((await nobody.get(path)).body.kinds, ["no-answer", "wrong-number", "other-hours", "other"]);
    assert.equal((await nobody.post(path, { kind: "broken" })).body.field, "kind");
    assert.equal((await nobody.post(path, { kind: "no-answer" })).status, 204);
    assert.equal((await nobody.post(path, { kind: "no-answer" })).status, 204, "said twice, counted once");
    assert.deepEqual((await of("nz-the-quiet-line")).reports, { "no-answer": 1, "wrong-number": 0, "other-hours": 0, other: 0 });
    assert.match((await hana.get("/host/helplines?country=NZ", html)).bytes.toString(), /In the last thirty days 1 reader said that it did not work\./);

    assert.match(await page("/help?country=NZ"), new RegExp(`href="${path}"`));
    assert.equal((await page(path)).match(/type="radio"/g)!.length, 4);
    const nothing = await nobody.ask("POST", path, body_of({}), form);
    assert.equal(nothing.status, 422);
    assert.match(nothing.bytes.toString(), /Please choose what happened\./);
    const told = await nobody.ask("POST", path, body_of({ kind: "wrong-number" }), form);
    assert.equal(told.headers.get("location"), `${path}?thanks`);
    assert.match(await page(`${path}?thanks`), /Thank you[^]+href="\/help\?country=NZ">Other lines/);
    assert.equal((await nobody.post("/help/lines/nz-nowhere/did-not-work", { kind: "other" })).status, 404);
  });

  test("keeps all of it over a restart", async () => {
    await hana.post("/host/helplines/nz-emergency/hide", {});
    await keepsake.stop();
    await keepsake.serve();
    assert.equal((await of("nz-emergency")).hidden, true);
    assert.ok((await shown()).some((one) => one.name === "The Quiet Line"));
    assert.equal((await hana.get("/host/helplines")).body.trail[0].act, "hidden");
  });
});
