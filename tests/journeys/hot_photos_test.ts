// A rendition that many ask for is sent from memory, decrypted. Nobody can tell: the same bytes and headers as when it
// is decrypted for one reader; and whoever may no longer see it gets what is absent gets, with the next request.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api, type Answer } from "./support/api.ts";
import { free_port, Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";

/** All of an answer but what differs from one request to the next. */
function told(answer: Answer) {
  const headers = [...answer.headers].filter(([name]) => name !== "date").sort();
  return { status: answer.status, headers, bytes: answer.bytes.toString("base64") };
}

describe("photos kept in memory", () => {
  let keepsake: Keepsake, author: Api, circle: string, metrics: number, shade = 0;

  before(async () => {
    metrics = await free_port();
    keepsake = await Keepsake.start(["--metrics-port", String(metrics)]);
    author = person(keepsake, "mara", ["--host"]);
    circle = (await author.post("/circles", { name: "family" })).body.id;
  });
  after(() => keepsake?.end());

  /** A photo of a story for the circle. */
  async function photo(): Promise<{ path: string; id: string; story: string }> {
    const { id } = (await author.upload(picture(++shade), "image/png")).body;
    const made = await author.post("/stories", {
      title: "The garden", photos: [{ id }], state: "published", audience: [`circle:${circle}`],
    });
    assert.equal(made.status, 201, made.bytes.toString());
    return { path: `/photos/${id}/1024`, id, story: made.body.id };
  }

  async function reader(name: string): Promise<Api> {
    const api = person(keepsake, name);
    const added = await author.ask("PUT", `/circles/${circle}/people/${name}`);
    assert.ok(added.status < 300, added.bytes.toString());
    return api;
  }

  async function signed_in(name: string, word = password): Promise<Api> {
    const browser = new Api(keepsake.address);
    const answer = await browser.ask("POST", "/sign-in", { name, password: word }, { "sec-fetch-site": "same-origin" });
    assert.ok(answer.status < 400, answer.bytes.toString());
    return browser;
  }

  /** Asks until the answer comes from memory. */
  async function heat(viewer: Api, path: string): Promise<Answer> {
    for (let times = 0; times < 3; times++) assert.equal((await viewer.get(path)).status, 200);
    const before = await hits();
    const answer = await viewer.get(path);
    assert.equal(answer.status, 200);
    assert.ok(await hits() > before, "not from memory");
    return answer;
  }

  const metric = async (name: string) => {
    const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)![1]);
  };
  const hits = () => metric("keepsake_hot_photo_hits_total");

  async function expect_gone(viewer: Api, path: string): Promise<void> {
    const absent = "/photos/" + "a".repeat(26) + "/1024";
    for (const headers of [{}, { range: "bytes=0-9" }, { "if-none-match": "*" }] as Record<string, string>[]) {
      for (const method of ["GET", "HEAD"]) {
        assert.deepEqual(told(await viewer.ask(method, path, undefined, headers)),
                         told(await viewer.ask(method, absent, undefined, headers)));
      }
    }
    assert.equal((await viewer.get(path)).status, 404);
  }

  test("the same answers, cold and hot", async () => {
    const ruth = await reader("ruth");
    const ways: [string, Record<string, string>][] = [
      ["GET", {}], ["HEAD", {}], ["GET", { range: "bytes=0-9" }], ["GET", { range: "bytes=-7" }],
      ["GET", { range: "bytes=20-" }], ["GET", { range: "bytes=99999999-" }], ["HEAD", { range: "bytes=0-9" }],
      ["GET", { "if-none-match": "*" }], ["HEAD", { "if-none-match": "*" }], ["GET", { "if-none-match": '"another"' }],
      ["GET", { range: "bytes=0-9", "if-range": '"another"' }],
    ];
    const cold: Answer[] = [];
    const { path } = await photo();
    for (const accept of ["image/webp", "image/jpeg"]) {
      for (const [method, headers] of ways) {
        // Each way by a photo that nobody has asked for: the first time is cold.
        const fresh = (await photo()).path;
        const answer = await ruth.ask(method, fresh, undefined, { accept, ...headers });
        const hot = (await heat_as(ruth, fresh, accept), await ruth.ask(method, fresh, undefined, { accept, ...headers }));
        assert.deepEqual(told(hot), told(answer), `${method} ${JSON.stringify(headers)}`);
        cold.push(answer);
      }
    }
    assert.deepEqual([...new Set(cold.map((answer) => answer.status))].sort(), [200, 206, 304, 416]);
    assert.equal((await heat(ruth, path)).headers.get("cache-control"), "private, no-cache");
  });

  async function heat_as(viewer: Api, path: string, accept: string): Promise<void> {
    for (let times = 0; times < 4; times++) await viewer.get(path, { accept });
  }

  test("nobody else gets it", async () => {
    const sara = await reader("sara"), stranger = person(keepsake, "nils");
    const { path } = await photo();
    await heat(sara, path);
    await expect_gone(stranger, path);
    await expect_gone(new Api(keepsake.address), path);
    await expect_gone(await signed_in("nils"), path);
    assert.equal((await new Api(keepsake.address, "keepsake_" + "a".repeat(52)).get(path)).status, 401);
  });

  const endings: [string, (name: string, photo: { id: string; story: string }, viewer: Api) => Promise<unknown>][] = [
    ["taken out of the circle", (name) => author.ask("DELETE", `/circles/${circle}/people/${name}`)],
    ["the story is withdrawn", (_, { story }) => author.ask("PATCH", `/stories/${story}`, { state: "withdrawn" })],
    ["shared with fewer", (_, { story }) => author.ask("PATCH", `/stories/${story}`, { audience: [] })],
    ["the photo leaves the story", (_, { story }) => author.ask("PATCH", `/stories/${story}`, { photos: [] })],
    ["the story goes to the trash", (_, { story }) => author.ask("DELETE", `/stories/${story}`)],
    ["blocked", (name) => author.ask("PUT", `/blocks/${name}`)],
  ];
  for (const [about, end] of endings) {
    test(`gone with the next request: ${about}`, async () => {
      const name = `viewer${++shade}`;
      const viewer = await reader(name), made = await photo();
      const browser = await signed_in(name);
      await heat(viewer, made.path);
      await heat(browser, made.path);
      const ended = await end(name, made, viewer) as Answer;
      assert.ok(ended.status < 300, ended.bytes.toString());
      await expect_gone(viewer, made.path);
      await expect_gone(browser, made.path);
    });
  }

  test("a session that ended opens nothing, however it ended", async () => {
    const { path } = await photo();
    const ends: [string, (browser: Api, name: string) => Promise<unknown>][] = [
      ["signed out", (browser) => new Api(keepsake.address).ask("POST", "/sign-out", {}, browser.shown())],
      ["ended from another", async (_, name) => (await signed_in(name)).ask("DELETE", "/account/sessions")],
      ["ended by its id", async (_, name) => {
        const other = await signed_in(name);
        const { sessions } = (await other.get("/account/sessions")).body;
        for (const session of sessions.filter((listed: any) => !listed.this)) await other.ask("DELETE", `/account/sessions/${session.id}`);
      }],
      ["a new sign-in at the same browser", (browser, name) => new Api(keepsake.address).ask("POST", "/sign-in",
                                                                { name, password }, browser.shown())],
      ["a new password", async (_, name) => (await signed_in(name)).ask("POST", "/account/password",
                                            { present: password, new: "another place by the sea" })],
      ["a new password by the host's command", async (_, name) =>
        assert.equal(keepsake.command(["person", "passwd", name, "--password-stdin"], "a third place by the sea").code, 0)],
      ["suspended", async (_, name) => assert.equal(keepsake.command(["person", "suspend", name]).code, 0)],
      ["the person is gone", async (_, name) => {
        const run = keepsake.command(["person", "remove", name, "--yes"]);
        assert.equal(run.code, 0, run.err);
      }],
    ];
    for (const [about, end] of ends) {
      const name = `browser${++shade}`;
      await reader(name);
      const browser = await signed_in(name);
      await heat(browser, path);
      const shown = browser.shown();
      await end(browser, name);
      assert.equal((await new Api(keepsake.address).get(path, shown)).status, 404, about);
    }
  });

  test("a session is no token, and a token no session, also where they are known", async () => {
    const { path } = await photo();
    const api = await reader("hera"), browser = await signed_in("hera");
    for (const by of [api, browser, api, browser]) assert.equal((await by.get(path)).status, 200);
    const token = api.shown().authorization!.slice("Bearer ".length);
    const session = browser.shown().cookie!.split("=")[1]!;
    const nobody = new Api(keepsake.address);
    const absent = await nobody.get(`/photos/${"a".repeat(26)}/1024`);
    assert.equal((await nobody.get(path, { cookie: `__Host-session=${token}` })).status, absent.status);
    assert.equal((await nobody.get(path, { authorization: `Bearer ${session}` })).status, 401);
  });

  test("a token that was revoked opens nothing", async () => {
    const { path } = await photo();
    await reader("toki");
    const browser = await signed_in("toki");
    const made = (await browser.post("/account/tokens", { label: "phone" })).body;
    const phone = new Api(keepsake.address, made.token);
    await heat(phone, path);
    assert.ok((await browser.ask("DELETE", `/account/tokens/${made.id}`)).status < 300);
    assert.equal((await phone.get(path)).status, 401);
  });

  test("what is removed for good leaves memory at once", async () => {
    const { id } = (await author.upload(picture(++shade), "image/png")).body;
    await heat(author, `/photos/${id}/320`);
    const kept = await metric("keepsake_hot_photos");
    assert.ok((await author.ask("DELETE", `/photos/${id}`)).status < 300);
    assert.equal(await metric("keepsake_hot_photos"), kept - 1);
    await expect_gone(author, `/photos/${id}/320`);
  });
});
