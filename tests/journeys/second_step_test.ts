// A code from an app after the password: turned on and off, asked for in every way in but by tokens, taken once.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import { Api } from "./support/api.ts";
import { open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { Reader } from "./support/reader.ts";
import { code_of, early_in_a_step, step_now } from "./support/totp.ts";

describe("a second step", () => {
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

  const enter = (name: string, word = password) => new Api(keepsake.address).post("/sign-in", { name, password: word });
  const step = (ticket: string, code: string) => new Api(keepsake.address).post("/sign-in/code", { ticket, code });

  /** Somebody whose second step is on, by the code of the step before; and the secret of their app. */
  async function with_second_step(name: string): Promise<{ api: Api; secret: string; step: number }> {
    const api = person(keepsake, name);
    const begun = await api.post("/account/second-step", { present: password });
    assert.equal(begun.status, 201);
    await early_in_a_step();
    const now = step_now();
    assert.equal((await api.post("/account/second-step/confirm", { code: code_of(begun.body.secret, now - 1) })).status, 204);
    return { api, secret: begun.body.secret, step: now };
  }

  test("in a browser without a script: set up, signed in with, turned off", async () => {
    person(keepsake, "mara");
    const reader = await Reader.arrive(browser, keepsake.address, phone);
    await reader.sign_in("mara", password);
    await reader.open("/things");
    await reader.follow("Second step");
    await reader.type("Present password", "not the password");
    assert.equal(await reader.press("Set it up"), 422);
    await reader.sees("This is not the present password.");
    await reader.type("Present password", password);
    assert.equal(await reader.press("Set it up"), 200);
    const secret = await reader.page.getByLabel("The letters").inputValue();
    assert.match(secret, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    assert.equal(await reader.page.getByRole("img", { name: "The same letters as a picture for the app" }).count(), 1);
    await early_in_a_step();
    await reader.type("The six digits that the app shows now", "12345");
    assert.equal(await reader.press("Turn it on"), 422);
    await reader.sees("This code does not fit, or it was used before.");
    await reader.sees_nothing_of(secret, secret.replaceAll(" ", ""));
    await reader.type("The six digits that the app shows now", code_of(secret, step_now() - 1));
    assert.equal(await reader.press("Turn it on"), 200);
    await reader.sees("After the password, a code from your phone is asked for.");
    await reader.sees_nothing_of(secret, secret.replaceAll(" ", ""));

    await reader.context.clearCookies();
    assert.equal(await reader.open("/photos"), 200);
    await reader.type("Name", "mara");
    await reader.type("Password", password);
    assert.equal(await reader.press("Sign in"), 200);
    await reader.sees("One more step");
    assert.deepEqual((await reader.context.cookies()).filter(({ name }) => name === "__Host-session"), []);
    await reader.type("Code", "000000");
    assert.equal(await reader.press("Sign in"), 422);
    await early_in_a_step();
    await reader.type("Code", ` ${code_of(secret).replace(/^.../, "$& ")} `);
    assert.equal(await reader.press("Sign in"), 200);
    assert.equal(reader.path(), "/photos");

    await reader.open("/account/second-step");
    await reader.type("Present password", password);
    await reader.press("Turn it off");
    await reader.sees("Set it up");
    await reader.open("/account");
    await reader.sees("the second step was turned on", "the second step was turned off");
    await reader.context.clearCookies();
    await reader.sign_in("mara", password);
    assert.equal(reader.path(), "/");
    await reader.leave();
  });

  test("what was typed before the session ended comes through both steps", async () => {
    const { secret } = await with_second_step("carla");
    const reader = await Reader.arrive(browser, keepsake.address, phone);
    const sent = await reader.ask("/stories", {}, { title: "The night train", body: "It was late." });
    assert.equal(sent.status, 401);
    const carried = /name="carried" value="([^"]*)"/.exec(await sent.text())![1]!.replaceAll("&quot;", '"').replaceAll("&#39;", "'");
    const first = await (await reader.ask("/sign-in", {}, { name: "carla", password, then: "/stories", carried })).text();
    assert.match(first, /One more step/);
    const ticket = /name="ticket" value="([^"]*)"/.exec(first)![1]!;
    const again = /name="carried" value="([^"]*)"/.exec(first)![1]!.replaceAll("&quot;", '"').replaceAll("&#39;", "'");
    assert.equal(again, carried);
    await early_in_a_step();
    const back = await reader.ask("/sign-in/code", {}, { ticket, code: code_of(secret), then: "/stories", carried: again });
    assert.match(await back.text(), /The night train/);
    assert.match(back.headers.get("set-cookie")!, /__Host-session=/);
    await reader.leave();
  });

  test("a code is taken once, and none from before or long after", async () => {
    const { api, secret, step: now } = await with_second_step("tane");
    const { status, body } = await enter("tane");
    assert.equal(status, 202);
    assert.deepEqual(Object.keys(body), ["ticket"]);
    for (const off of [-2, -1, 2]) {
      const answer = await step(body.ticket, code_of(secret, now + off));
      assert.equal(answer.status, 422, `${off} steps off`);
      assert.equal(answer.body.field, "code");
    }
    assert.equal((await step(body.ticket, code_of(secret, now))).status, 201);
    assert.equal((await step(body.ticket, code_of(secret, now))).status, 422);
    assert.equal((await step((await enter("tane")).body.ticket, code_of(secret, now))).status, 422);
    assert.equal((await step(body.ticket, code_of(secret, now + 1))).status, 201);
    assert.deepEqual((await api.get("/account/second-step")).body.on, true);
    assert.equal((await api.get("/account")).status, 200, "tokens go on working");
  });

  test("two at once with one code: one gets in", async () => {
    const { secret, step: now } = await with_second_step("dora");
    const { ticket } = (await enter("dora")).body;
    const answers = await Promise.all(Array.from({ length: 6 }, () => step(ticket, code_of(secret, now))));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 422, 422, 422, 422, 422]);
  });

  test("guessing codes is bounded, and a password alone tells nobody more than before", async () => {
    const { secret, step: now } = await with_second_step("ines");
    const wrong = await enter("ines", "not the password at all");
    assert.equal(wrong.status, 401);
    assert.equal(wrong.body.detail, (await enter("nobody-here", "not the password at all")).body.detail);
    const { ticket } = (await enter("ines")).body;
    for (let tries = 0; tries < 10; tries++) assert.equal((await step(ticket, "none")).status, 422);
    assert.equal((await step(ticket, code_of(secret, now))).status, 429);
    const another = await enter("ines");
    assert.equal((await step(another.body.ticket, code_of(secret, now))).status, 429);
  });

  test("no ticket but this house's own, and none after the password changed", async () => {
    const { api, secret, step: now } = await with_second_step("olga");
    const { ticket } = (await enter("olga")).body as { ticket: string };
    for (const bent of ["", "a", ticket.slice(1), ticket.replace(/^./, (letter) => (letter === "a" ? "b" : "a")), "a".repeat(60_000)]) {
      assert.equal((await step(bent, code_of(secret, now))).status, 401);
    }
    assert.equal((await api.post("/account/password", { present: password, new: "another quiet place" })).status, 204);
    assert.equal((await step(ticket, code_of(secret, now))).status, 401);
  });

  test("a recovery code works in its place; a link for a new password does not", async () => {
    const { api, secret, step: now } = await with_second_step("petra");
    const { codes } = (await api.post("/account/recovery-codes", { present: password })).body;
    const { ticket } = (await enter("petra")).body;
    assert.equal((await step(ticket, codes[0].toUpperCase())).status, 201);
    assert.equal((await step(ticket, codes[0])).status, 422);
    const link = new URL(keepsake.command(["person", "passwd", "petra"]).out.trim()).pathname;
    const reset = await new Api(keepsake.address).post(link, { password: "the third quiet place" });
    assert.equal(reset.status, 202);
    assert.equal((await step(reset.body.ticket, code_of(secret, now))).status, 201);
  });

  test("the host can turn it off, and that is shown", async () => {
    await with_second_step("quinn");
    const told = keepsake.command(["person", "passwd", "quinn", "--password-stdin"], "the fourth quiet place");
    assert.match(told.out, /second step stays/);
    assert.equal((await enter("quinn", "the fourth quiet place")).status, 202);
    const off = keepsake.command(["person", "no-second-step", "quinn"]);
    assert.equal(off.code, 0, off.err);
    assert.equal((await enter("quinn", "the fourth quiet place")).status, 201);
    assert.equal(keepsake.command(["person", "no-second-step", "quinn"]).code, 1);
    const reader = await Reader.arrive(browser, keepsake.address, phone);
    await reader.sign_in("quinn", "the fourth quiet place");
    await reader.open("/account");
    await reader.sees("whoever runs this place turned the second step off");
    await reader.leave();
  });

  test("turning it on and off needs the present password", async () => {
    const { api } = await with_second_step("runa");
    for (const [method, path] of [["POST", "/account/second-step/delete"], ["DELETE", "/account/second-step"]] as const) {
      assert.equal((await api.ask(method, path, { present: "not the password" })).status, 422);
      assert.equal((await api.ask(method, path, {})).status, 422);
    }
    assert.equal((await api.post("/account/second-step", { present: password })).status, 409);
    assert.equal((await api.ask("DELETE", "/account/second-step", { present: password })).status, 204);
    assert.equal((await enter("runa")).status, 201);
  });
});
