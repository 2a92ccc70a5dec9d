// What a host does for a place, as programs do it: people, room, texts; and that nothing of a story is ever told.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "./support/api.ts";
import { write_figures } from "./support/figures.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";

const html = { accept: "text/html" };
const day_after = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("a host", () => {
  let keepsake: Keepsake, hana: Api, tane: Api, mara: Api, nobody: Api;
  let story: string, photo: string, link: string;

  before(async () => {
    keepsake = await Keepsake.start(["--invitations", "everyone"]);
    hana = person(keepsake, "hana", ["--host"]);
    tane = person(keepsake, "tane");
    mara = person(keepsake, "mara");
    nobody = new Api(keepsake.address);
    await tane.post("/account/profile", { display_name: "Tāne" });
    photo = (await tane.upload(picture(40), "image/png")).body.id;
    const told = await tane.post("/stories", { title: "Secret title", body: "Secret words", photos: [{ id: photo, alt: "Secret alt" }], state: "published", audience: ["public", "person:mara"] });
    story = told.body.url;
    link = new URL((await tane.post(`${story}/links`, { name: "Secret guest" })).body.url).pathname;
  });
  after(() => keepsake?.end());

  const of = async (name: string) => (await hana.get(`/host/people/${name}`)).body;

  test("sees who is here and how much they keep, and nothing of what it is", async () => {
    const { people } = (await hana.get("/host/people")).body;
    assert.deepEqual(people.map((one: any) => one.name), ["hana", "mara", "tane"]);
    const { bytes, ...rest } = people[2];
    assert.ok(bytes > 1000, `${bytes}`);
    assert.deepEqual(rest, { name: "tane", display_name: "Tāne", host: false, state: "here", since: day_after(0), photos: 1 });
    const browser = new Api(keepsake.address);
    await browser.post("/sign-in", { name: "tane", password });
    assert.equal((await of("tane")).last_sign_in, day_after(0));
    for (const path of ["/host", "/host/people", "/host/people/tane", "/host/room", "/host/traffic", "/host/safety", "/host/texts"]) {
      for (const headers of [html, {}]) {
        const said = (await hana.get(path, headers)).bytes.toString();
        for (const secret of ["Secret", story.split("/").pop()!, photo]) assert.ok(!said.includes(secret), `${path} tells ${secret}`);
      }
      for (const other of [mara, tane]) assert.equal((await other.get(path)).status, 403, path);
      assert.equal((await nobody.get(path)).status, 401, path);
    }
    assert.equal((await hana.get("/host/people/nobody-here")).status, 404);
  });

  test("goes through many by name", async () => {
    const other = await Keepsake.start();
    try {
      const host = person(other, "aa", ["--host"]);
      for (let at = 0; at < 52; at++) assert.equal(other.command(["person", "add", `b${String(at).padStart(2, "0")}`, "--password-stdin"], password).code, 0);
      const first = (await host.get("/host/people")).body;
      assert.equal(first.people.length, 50);
      const rest = (await host.get(`/host/people?after=${first.next}`)).body;
      assert.deepEqual(rest.people.map((one: any) => one.name), ["b49", "b50", "b51"]);
      assert.equal(rest.next, undefined);
    } finally {
      await other.end();
    }
  });

  test("suspends a person: all they share is gone with the next request, and comes back with them", async () => {
    const browser = new Api(keepsake.address);
    await browser.post("/sign-in", { name: "tane", password });
    const guest = new Api(keepsake.address);
    assert.equal((await guest.post(link, {})).status, 200);
    const invitation = new URL((await tane.post("/invitations", {})).body.url).pathname;
    // Also what is kept of it in memory.
    const ways: [Api, string, object][] = [
      [nobody, story, {}], [nobody, story, html], [mara, story, {}], [guest, story, {}], [nobody, `/photos/${photo}/320`, { accept: "image/webp" }], [nobody, "/@tane", {}],
    ];
    for (const [by, path, headers] of ways) for (let twice = 0; twice < 2; twice++) assert.equal((await by.get(path, headers as {})).status, 200, path);
    assert.equal((await nobody.get(invitation)).status, 200);

    assert.equal((await hana.post("/host/people/tane/suspend", {})).status, 204);
    for (const [by, path, headers] of ways) assert.equal((await by.get(path, headers as {})).status, 404, path);
    assert.equal((await nobody.get(link)).status, 410);
    assert.equal((await nobody.get(invitation)).status, 410);
    assert.equal((await nobody.get("/")).body.stories.length, 0);
    assert.equal((await browser.get("/account")).status, 401);
    assert.equal((await tane.get("/account")).status, 401);
    assert.equal((await of("tane")).state, "suspended");
    assert.equal((await of("tane")).suspended, day_after(0));

    const refused = await nobody.post("/sign-in", { name: "tane", password });
    assert.equal(refused.status, 401);
    assert.match(refused.body.detail, /^This account was suspended by whoever runs this place on .+ Nothing of yours is lost/);
    assert.equal((await nobody.post("/sign-in", { name: "tane", password: "not the right one" })).body.detail, "This name and password do not fit together.");
    const form = await nobody.ask("POST", "/sign-in", Buffer.from(new URLSearchParams({ name: "tane", password }).toString()), { ...html, "content-type": "application/x-www-form-urlencoded" });
    assert.match(form.bytes.toString(), /href="\/contact">How to reach whoever runs this place/);

    assert.equal((await hana.post("/host/people/tane/restore", {})).status, 204);
    for (const [by, path, headers] of ways) assert.equal((await by.get(path, headers as {})).status, 200, path);
    assert.equal((await tane.get("/account")).status, 401, "the token has ended for good");
    assert.equal((await browser.get("/account")).status, 401, "and so has the session");
    assert.equal((await browser.post("/sign-in", { name: "tane", password })).status, 201);
    const { bytes } = await browser.get("/account", html);
    assert.match(bytes.toString(), /the account was suspended/);
    tane = new Api(keepsake.address, keepsake.command(["token", "create", "tane"]).out.trim());
  });

  test("removes nobody by mistake, and has thirty days to take it back", async () => {
    const wrong = await hana.post("/host/people/tane/remove", { name: "mara" });
    assert.equal(wrong.status, 422);
    assert.equal(wrong.body.field, "name");
    assert.equal((await hana.post("/host/people/tane/remove", {})).status, 422);
    assert.equal((await of("tane")).state, "here");
    assert.equal((await hana.post("/host/people/tane/remove", { name: " Tane " })).status, 204);
    const removed = await of("tane");
    assert.equal(removed.state, "removed");
    assert.equal(removed.gone_for_good, day_after(30));
    assert.equal((await nobody.get(story)).status, 404);
    assert.match((await nobody.post("/sign-in", { name: "tane", password })).body.detail, /^This account was removed .+ until then it can be taken back/);
    assert.equal((await hana.post("/host/people/tane/restore", {})).status, 204);
    assert.equal((await of("tane")).state, "here");
    assert.equal((await nobody.get(story)).status, 200);
    tane = new Api(keepsake.address, keepsake.command(["token", "create", "tane"]).out.trim());
  });

  test("cannot leave the place without one", async () => {
    for (const [act, body] of [["suspend", {}], ["remove", { name: "hana" }]] as const) {
      const refused = await hana.post(`/host/people/hana/${act}`, body);
      assert.equal(refused.status, 409);
      assert.match(refused.body.detail, /only host/);
    }
    assert.equal((await hana.get("/host")).status, 200);
    assert.equal((await mara.post("/host/people/hana/suspend", {})).status, 403);
  });

  test("gives everybody room, and one person more or less", async () => {
    assert.equal((await hana.post("/host/room/quota", { bytes: 1000 })).status, 204);
    const full = await mara.upload(picture(50), "image/png");
    assert.equal(full.status, 507);
    assert.match(full.body.detail, /^The room that your photos may take here is full\. Everything kept before is safe/);
    assert.equal((await hana.post("/host/people/mara/quota", { gigabytes: "0,5" })).status, 204);
    assert.equal((await of("mara")).quota, 500_000_000);
    const kept = await mara.upload(picture(50), "image/png");
    assert.equal(kept.status, 201);
    const { bytes } = await of("mara");
    assert.ok(bytes > 0);
    // What was there before stays, and can be taken away.
    assert.equal((await hana.post("/host/people/mara/quota", { bytes: 1 })).status, 204);
    assert.equal((await mara.upload(picture(60), "image/png")).status, 507);
    assert.equal((await mara.get(`/photos/${kept.body.id}/320`, { accept: "image/webp" })).status, 200);
    assert.equal((await mara.ask("DELETE", `/photos/${kept.body.id}`)).status, 204);
    assert.deepEqual([(await of("mara")).bytes, (await of("mara")).photos], [0, 0]);
    for (const gigabytes of ["much", "-1", "2000000"]) assert.equal((await hana.post("/host/room/quota", { gigabytes })).body.field, "gigabytes");
    assert.equal((await hana.post("/host/room/quota", { bytes: 2e15 })).status, 422);
    assert.equal((await hana.post("/host/people/mara/quota", {})).status, 204);
    assert.equal((await of("mara")).quota, 1000);
    assert.equal((await hana.post("/host/room/quota", { gigabytes: "" })).status, 204);
    assert.equal((await of("mara")).quota, undefined);
    assert.equal((await mara.upload(picture(60), "image/png")).status, 201);
  });

  test("says in their own words how to reach them, and what ends every story", async () => {
    assert.equal((await nobody.get("/contact")).body.own, false);
    const german = await nobody.get("/privacy", { ...html, "accept-language": "de" });
    assert.match(german.bytes.toString(), /Person, die diesen Ort betreibt/);
    const read = async () => (await nobody.get(story, html)).bytes.toString();
    assert.match(await read(), /emergency number of the country/);
    assert.match(await read(), /emergency number of the country/);

    const words = "Rufen Sie **an**: <script>alert(1)</script>\n\n- 0800 111 0 111\n\n[x](javascript:alert(1))";
    assert.equal((await hana.post("/host/texts/help", { body: words, lang: "de" })).status, 204);
    const story_page = await read();
    assert.match(story_page, /<div lang="de" dir="ltr">\s*<p dir="auto">Rufen Sie <strong>an<\/strong>/);
    assert.match(story_page, /<li dir="auto">0800 111 0 111|<li>0800 111 0 111/);
    assert.doesNotMatch(story_page, /emergency number|<script>alert|javascript:/);
    assert.deepEqual((await hana.get("/host/texts/help")).body, { text: words, lang: "de", own: true });

    assert.equal((await hana.post("/host/texts/contact", { body: "Write to us.", lang: "en" })).status, 204);
    assert.match((await nobody.get("/contact", html)).bytes.toString(), /Write to us\./);
    assert.equal((await hana.post("/host/texts/help", { body: "", lang: "de" })).status, 204);
    assert.match(await read(), /emergency number of the country/);

    assert.equal((await hana.post("/host/texts/help", { body: "x".repeat(20_001) })).body.field, "body");
    assert.equal((await hana.post("/host/texts/help", { body: "x", lang: "xx" })).body.field, "lang");
    assert.equal((await hana.get("/host/texts/nothing")).status, 404);
    assert.equal((await hana.post("/host/texts/nothing", { body: "x" })).status, 404);
    assert.equal((await mara.post("/host/texts/help", { body: "Not mine to say." })).status, 403);
  });

  test("sees the room, the days behind and what is known of copies, and nothing that is not so", async () => {
    const room = (await hana.get("/host/room")).body;
    assert.ok(room.now.photos > 0 && room.now.database > 4096 && room.now.free > 0 && room.disk >= room.now.free, JSON.stringify(room));
    const safety = (await hana.get("/host/safety")).body;
    assert.deepEqual(safety, { backup: null, verification: null, mirror: null, snapshots: [] });
    assert.match((await hana.get("/host/safety", html)).bytes.toString(), /No backup is known to this server\./);
    write_figures(keepsake);
    const { days } = (await hana.get("/host/traffic")).body;
    assert.equal(days.length, 30);
    assert.equal(days.at(-1).day, day_after(0));
    assert.ok(days.slice(0, -1).every((day: any) => day.requests > 0));
    const page = (await hana.get("/host/traffic", html)).bytes.toString();
    assert.match(page, /<svg class="bars" role="img"[^>]*aria-label="Requests, by day over thirty days\. The most was /);
    assert.equal(page.match(/<tr><th scope="row">/g)!.length, 30);
  });

  test("finds today's requests counted after a restart", async () => {
    const asked = async () => (await hana.get("/host/traffic")).body.days.at(-1).requests;
    await keepsake.stop();
    await keepsake.serve();
    assert.ok((await asked()) > 50, `${await asked()}`);
  });
});
