// What stands below a form: requests that two programs could read differently, addresses with tricks, foreign names
// and foreign sites. One clear refusal each, and never a second answer.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";

import { Api } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { raw_problem, refused } from "./support/refusals.ts";
import { Wire } from "./support/wire.ts";

describe("bad requests", () => {
  let keepsake: Keepsake, author: Api, wire: Wire, story: string;

  before(async () => {
    keepsake = await Keepsake.start();
    author = person(keepsake, "mara");
    wire = new Wire(keepsake.port, 4);
    story = (await author.post("/stories", { title: "Kept" })).body.id;
  });
  after(async () => {
    wire?.end();
    await keepsake?.end();
  });

  const title = async () => (await author.get(`/stories/${story}`)).body.title;

  /** Everything the server answers to these bytes until it closes. */
  async function spoken(text: string): Promise<string> {
    const socket = connect(keepsake.port, "127.0.0.1");
    const parts: Buffer[] = [];
    socket.on("data", (part) => parts.push(part));
    socket.on("error", () => {});
    socket.write(text, "latin1");
    await once(socket, "close");
    return Buffer.concat(parts).toString("latin1");
  }

  test("what could be read in two ways is refused once, and the connection ends", async () => {
    const host = `Host: 127.0.0.1:${keepsake.port}\r\n`;
    const accept = "Accept: application/json\r\n";
    const second = `GET /health HTTP/1.1\r\n${host}\r\n`;
    const post = (fields: string, body: string) => `POST /sign-in HTTP/1.1\r\n${host}${accept}Content-Type: application/json\r\n${fields}\r\n${body}`;
    const smuggled: Record<string, string> = {
      "both lengths": post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", `0\r\n\r\n${second}`),
      "both, the other way": post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", `0\r\n\r\n${second}`),
      "two lengths": post("Content-Length: 2\r\nContent-Length: 60\r\n", `{}${second}`),
      "a list of lengths": post("Content-Length: 2, 60\r\n", `{}${second}`),
      "a signed length": post("Content-Length: +2\r\n", `{}${second}`),
      "a hexadecimal length": post("Content-Length: 0x2\r\n", `{}${second}`),
      "a length without end": post("Content-Length: 99999999999999999999\r\n", `{}${second}`),
      "chunked twice": post("Transfer-Encoding: chunked, chunked\r\n", `0\r\n\r\n${second}`),
      "chunked and another": post("Transfer-Encoding: chunked, identity\r\n", `0\r\n\r\n${second}`),
      "a coding in disguise": post("Transfer-Encoding: xchunked\r\n", `0\r\n\r\n${second}`),
      "a tab before chunked": post("Transfer-Encoding:\x0bchunked\r\n", `0\r\n\r\n${second}`),
      "a space before the colon": post("Content-Length : 2\r\n", `{}${second}`),
      "a folded line": post("X-A: b\r\n Content-Length: 2\r\n", `{}${second}`),
      "bare line feeds": `GET / HTTP/1.1\n${host.replace("\r", "")}\n${second}`,
      "a bare carriage return": `GET / HTTP/1.1\r\n${host}X-A: b\rX-B: c\r\n\r\n${second}`,
      "a NUL in a field": `GET / HTTP/1.1\r\n${host}X-A: b\0c\r\n\r\n${second}`,
      "no Host": `GET / HTTP/1.1\r\n${accept}\r\n${second}`,
      "two Hosts": `GET / HTTP/1.1\r\n${host}${host}\r\n${second}`,
      "a space in the target": `GET /a b HTTP/1.1\r\n${host}\r\n${second}`,
      "a target of another house": `GET http://elsewhere.example/ HTTP/1.1\r\n${host}\r\n${second}`,
      "HTTP/3.0": `GET / HTTP/3.0\r\n${host}\r\n${second}`,
      "no version": `GET /\r\n${host}\r\n${second}`,
    };
    for (const [about, text] of Object.entries(smuggled)) {
      const answer = await spoken(text);
      assert.match(answer, /^HTTP\/1\.[01] (400|421|501|505) /, `${about}: ${answer.slice(0, 200)}`);
      assert.equal(answer.split(/HTTP\/1\.[01] \d/).length, 2, `${about} was answered twice: ${answer}`);
    }
  });

  test("chunks that are none, and a body cut short", async () => {
    const head = `POST /stories HTTP/1.1\r\nHost: 127.0.0.1:${keepsake.port}\r\nAccept: application/json\r\nAuthorization: ${author.shown().authorization}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    for (const chunk of ["zz\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "ffffffffffffffffff\r\n{}", "2\r\n{}XX0\r\n\r\n", "2;\0\r\n{}\r\n0\r\n\r\n"]) {
      const answer = await spoken(head + chunk);
      assert.match(answer, /^HTTP\/1\.1 4(00|13) /, `${JSON.stringify(chunk)}: ${answer.slice(0, 200)}`);
    }
  });

  test("heads without end", async () => {
    const host = `Host: 127.0.0.1:${keepsake.port}\r\n`;
    for (const [about, text] of [
      ["a long target", `GET /${"a".repeat(200_000)} HTTP/1.1\r\n${host}\r\n`],
      ["a long field", `GET / HTTP/1.1\r\n${host}X-A: ${"a".repeat(200_000)}\r\n\r\n`],
      ["many fields", `GET / HTTP/1.1\r\n${host}${"X-A: b\r\n".repeat(20_000)}\r\n`],
    ] as const) {
      assert.match(await spoken(text), /^(HTTP\/1\.1 4(00|14|31) |$)/, about);
    }
  });

  test("tricks with addresses lead nowhere", async () => {
    const paths = [
      "/stories/../account", "/stories/%2e%2e/account", "/stories/..%2faccount", "/./account", "//account", "/account/", "/stories//", `//stories/${"a".repeat(26)}`,
      "/stories/%00", "/stories/%", "/stories/%zz", "/stories/%ff", "/stories/a%2Fedit", "/stories/%5c..%5c", "/stories/", "/stories/%0d%0aSet-Cookie:%20a=b",
      "/assets/../keepsake.db", "/assets/%2e%2e/keepsake.db", "/assets/..%2f..%2f..%2fetc%2fpasswd", "/assets/", "/assets/keepsake.db", "/photos/..%2f..%2fkeepsake.db/original",
      "/@", "/@mara%00", "/@..%2f", "/@%40mara", "/guest/", "/guest/..", "/.git/config", "/keepsake.db", "/API/openapi.json", "/health%20",
    ];
    for (const path of paths) {
      for (const method of ["GET", "POST", "DELETE"]) {
        const answer = await wire.ask({ method, path, headers: { accept: "application/json", ...author.shown() } });
        raw_problem(answer, [400, 404, 405, 410], `${method} ${path}`);
        assert.ok(!answer.fields.some((field) => field.toLowerCase() === "set-cookie"), path);
      }
    }
    assert.equal(await title(), "Kept");
  });

  test("a name that is not this house's", async () => {
    for (const host of ["elsewhere.example", "127.0.0.1.elsewhere.example", "169.254.169.254", "[::ffff:8.8.8.8]", "mara@127.0.0.1", "127.0.0.1:x"]) {
      const answer = await wire.ask({ method: "GET", path: "/", headers: { accept: "application/json", host } });
      raw_problem(answer, [400, 421], host);
    }
  });

  test("a page of another site changes nothing", async () => {
    const browser = new Api(keepsake.address);
    assert.equal((await browser.post("/sign-in", { name: "mara", password })).status, 201);
    const cookie = browser.shown().cookie!;
    assert.match(cookie, /session=/);
    const ours = `http://127.0.0.1:${keepsake.port}`;
    const said: Record<string, string>[] = [
      {}, { origin: "https://elsewhere.example" }, { origin: "null" }, { origin: ours.replace("http", "https") }, { origin: `${ours}.elsewhere.example` }, { origin: "http://127.0.0.1:1" },
      { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { "sec-fetch-site": "none" }, { "sec-fetch-site": "cross-site", origin: ours },
    ];
    for (const headers of said) {
      for (const [path, form] of [[`/stories/${story}/edit`, "title=Taken"], [`/stories/${story}/delete`, ""], ["/sign-out", ""], ["/account/profile", "display_name=Taken"]] as const) {
        const sent = { accept: "application/json", cookie, "content-type": "application/x-www-form-urlencoded", ...headers };
        raw_problem(await wire.ask({ method: "POST", path, headers: sent, body: form }), [403], `${path} with ${JSON.stringify(headers)}`);
      }
    }
    assert.equal((await browser.get("/account")).status, 200, "still signed in");
    assert.equal(await title(), "Kept");
    const sent = { accept: "application/json", cookie, "content-type": "application/x-www-form-urlencoded", origin: ours };
    assert.equal((await wire.ask({ method: "POST", path: `/stories/${story}/edit`, headers: sent, body: "title=Changed" })).status, 200);
  });

  test("a token that is none opens nothing", async () => {
    for (const authorization of ["Bearer", "Bearer ", "Bearer x", "bearer x", "Basic bWFyYTp4", `Bearer ${"a".repeat(5000)}`, "Bearer ' OR 1=1"]) {
      const stranger = new Api(keepsake.address);
      refused(await stranger.ask("GET", "/account", undefined, { authorization }), 401, authorization);
    }
  });
});
