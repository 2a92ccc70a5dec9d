// Keepsake that speaks https itself: a browser signs in and sees its photo, and who comes without is led there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { get, type RequestOptions } from "node:http";
import { get as get_securely } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IncomingMessage } from "node:http";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import { open_browser, phone } from "./support/browser.ts";
import { free_port, Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { Writer } from "./support/writer.ts";

const host = "photos.example";
const outside = { host, "x-forwarded-for": "203.0.113.9" };

function write_certificate(folder: string): { certificate: string; key: string } {
  const files = { certificate: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
  execFileSync("openssl", [
    ..."req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 2".split(" "),
    ...["-subj", `/CN=${host}`, "-keyout", files.key, "-out", files.certificate],
  ], { stdio: "ignore" });
  return files;
}

function answered(how: typeof get, options: RequestOptions & { rejectUnauthorized?: boolean }): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => how({ ...options, host: "127.0.0.1", agent: false }, resolve).on("error", reject).end());
}

describe("https by Keepsake itself", () => {
  let folder: string, keepsake: Keepsake, browser: Browser, port: number;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "keepsake-journey-"));
    const { certificate, key } = write_certificate(folder);
    port = await free_port();
    keepsake = await Keepsake.start([
      ...["--tls-certificate", certificate, "--tls-key", key, "--tls-port", String(port)],
      ...["--public-address", `https://${host}`, "--proxies", "127.0.0.1"],
    ]);
    browser = await open_browser();
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test("it says where it listens", () => {
    assert.match(keepsake.printed, new RegExp(`and by https at https://127\\.0\\.0\\.1:${port}\n`));
  });

  test("a person signs in on a phone and sees their photo; the cookie goes nowhere without https", async () => {
    const mara = person(keepsake, "mara");
    const photo = await mara.ask("POST", "/photos", picture(90), { "content-type": "image/png" });
    const story = await mara.ask("POST", "/stories", {
      title: "By the window", body: "A grey morning.", audience: [], photos: [{ id: photo.body.id, alt: "A grey window" }],
    });
    assert.equal(story.status, 201);
    const writer = await Writer.arrive(browser, `https://localhost:${port}`, "mara", { ...phone, ignoreHTTPSErrors: true });
    const cookies = await writer.context.cookies();
    assert.ok(cookies.length > 0 && cookies.every((cookie) => cookie.secure), JSON.stringify(cookies));
    await writer.page.goto(`${writer.address}/stories/${story.body.id}`);
    const shown = writer.page.getByAltText("A grey window");
    await shown.scrollIntoViewIfNeeded();
    await writer.page.waitForFunction((image) => (image as HTMLImageElement).naturalWidth > 0, await shown.elementHandle());
    assert.deepEqual(writer.complaints, []);
    await writer.context.close();
  });

  test("who reads without https is led to it; what is sent without it is refused", async () => {
    const plain = { port: keepsake.port, headers: outside };
    const led = await answered(get, { ...plain, path: "/sign-in?then=%2Fphotos" });
    assert.equal(led.statusCode, 303);
    assert.equal(led.headers.location, `https://${host}/sign-in?then=%2Fphotos`);
    assert.equal((await answered(get, { ...plain, path: "/sign-in", method: "POST" })).statusCode, 403);
  });

  test("who came by https is told to stay with it", async () => {
    const options = { port, path: "/sign-in", headers: { host }, rejectUnauthorized: false };
    const page = await answered(get_securely as typeof get, options);
    assert.equal(page.statusCode, 200);
    assert.equal(page.headers["strict-transport-security"], "max-age=31536000");
  });
});
