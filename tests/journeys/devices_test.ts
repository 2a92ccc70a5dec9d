// The devices on which somebody signed in before: theirs to sign in on while others guess, and where a new one shows.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import { Api } from "./support/api.ts";
import { desktop, open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { Reader } from "./support/reader.ts";

const line = "Somebody signed in as you on a device that was not used here before.";

describe("known devices", () => {
  let keepsake: Keepsake, browser: Browser;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    person(keepsake, "hana", ["--host"]);
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  async function on_a(device: object, name: string): Promise<Reader> {
    const reader = await Reader.arrive(browser, keepsake.address, device);
    await reader.sign_in(name, password);
    return reader;
  }

  test("a sign-in on a new device is said on the others until they have seen the list", async () => {
    person(keepsake, "mara");
    const laptop = await on_a(desktop, "mara");
    await laptop.open("/things");
    await laptop.sees_nothing_of(line);
    const tablet = await on_a(phone, "mara");
    await tablet.sees_nothing_of(line);
    for (const path of ["/", "/things", "/stories/new"]) {
      await laptop.open(path);
      await laptop.sees(line);
    }
    // Who came in cannot put it away for the others.
    await tablet.open("/account/sessions");
    await laptop.open("/account/sessions");
    await laptop.sees(line, "on a new device", "this one");
    await laptop.open("/");
    await laptop.sees_nothing_of(line);
    // The same device once more is no news.
    await tablet.open("/account");
    await tablet.press("Sign out");
    await tablet.sign_in("mara", password);
    await laptop.open("/");
    await laptop.sees_nothing_of(line);
    // Forgotten, it is new again; and the line waits for a later sign-in.
    await laptop.open("/account/sessions");
    await laptop.press("Sign out everywhere else");
    await tablet.open("/");
    await tablet.sees_nothing_of("Your stories");
    await laptop.open("/account");
    await laptop.press("Sign out");
    await tablet.sign_in("mara", password);
    await laptop.sign_in("mara", password);
    await laptop.sees(line);
    await laptop.open("/account");
    await laptop.sees("somebody signed in on a new device");
    await laptop.leave();
    await tablet.leave();
  });

  test("guessing a name keeps nobody out of where they were before", async () => {
    person(keepsake, "tane");
    person(keepsake, "bea");
    const home = new Api(keepsake.address);
    const enter = (at: Api, name: string, word: string) => at.post("/sign-in", { name, password: word });
    assert.equal((await enter(home, "tane", password)).status, 201);
    const stranger = new Api(keepsake.address);
    for (let tries = 0; tries < 10; tries++) assert.equal((await enter(stranger, "tane", "a guess of a stranger")).status, 401);
    assert.equal((await enter(stranger, "tane", password)).status, 429);
    assert.equal((await enter(new Api(keepsake.address), "tane", password)).status, 429);
    assert.equal((await enter(home, "tane", password)).status, 201);
    assert.equal((await home.post("/sign-out")).status, 204);
    assert.equal((await enter(home, "tane", password)).status, 201, "known after signing out too");
    for (let tries = 0; tries < 10; tries++) assert.equal((await enter(home, "tane", "a guess from home")).status, 401);
    assert.equal((await enter(home, "tane", password)).status, 429);
    assert.equal((await enter(home, "bea", password)).status, 201, "another name there is like anywhere");
  });

  test("each page of one's own things reads as JSON", async () => {
    const api = person(keepsake, "elsa");
    const { pages } = (await api.get("/things")).body as { pages: Record<string, string> };
    assert.ok(Object.keys(pages).length >= 13);
    for (const path of [...Object.values(pages), "/things"]) {
      const answer = await api.get(path);
      assert.equal(answer.status, 200, path);
      assert.match(answer.headers.get("content-type")!, /^application\/json/, path);
    }
    const account = (await api.get("/account")).body;
    assert.deepEqual([account.name, account.language, account.events.at(-1).event], ["elsa", "", "created"]);
  });

  test("the cookie is worth nothing once it was used, changed or forgotten", async () => {
    const api = person(keepsake, "dora");
    const headers = { "sec-fetch-site": "same-origin" };
    const enter = (device: string) =>
      new Api(keepsake.address).ask("POST", "/sign-in", { name: "dora", password }, { ...headers, ...(device ? { cookie: `__Host-device=${device}` } : {}) });
    const device_of = (answer: { headers: Headers }) => {
      const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("__Host-device="))!;
      assert.match(cookie, /; Max-Age=34560000; .*HttpOnly/);
      return cookie.slice("__Host-device=".length, cookie.indexOf(";"));
    };
    const is_new = async () => (await api.get("/account/sessions")).body.sessions.map(({ new_device }: { new_device: boolean }) => new_device);
    const first = device_of(await enter(""));
    const second = device_of(await enter(first));
    assert.notEqual(first, second);
    assert.deepEqual(await is_new(), [false, true]);
    for (const cookie of [first, second.replace(/^./, (letter) => (letter === "a" ? "b" : "a")), "x", "a".repeat(4000)]) await enter(cookie);
    assert.deepEqual(await is_new(), [true, true, true, true, false, true]);
    await api.ask("DELETE", "/account/sessions");
    await enter(second);
    assert.deepEqual(await is_new(), [true]);
  });
});
