// Passkeys in a real browser with its virtual authenticator: added, signed in with, as the second step, removed; and
// what is shown twice, for another place, by a copy or by nobody.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser, BrowserContext, Page } from "playwright-core";

import { Api } from "./support/api.ts";
import { Authenticator } from "./support/authenticator.ts";
import { look_at_live } from "./support/axe.ts";
import { desktop, open_browser, visitor } from "./support/browser.ts";
import { free_port, Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { Reader } from "./support/reader.ts";
import { code_of, early_in_a_step, step_now } from "./support/totp.ts";

interface Shown {
  credential: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
  handle: string;
}

describe("passkeys", () => {
  let keepsake: Keepsake, browser: Browser, home: string;

  before(async () => {
    const port = await free_port();
    home = `http://localhost:${port}`;
    keepsake = await Keepsake.start_at(port, ["--public-address", home]);
    browser = await open_browser();
    person(keepsake, "hana", ["--host"]);
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  async function arrive(): Promise<{ context: BrowserContext; page: Page; phone: Authenticator }> {
    const context = await visitor(browser, desktop);
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await page.goto(`${home}/sign-in`);
    return { context, page, phone: await Authenticator.beside(page) };
  }

  async function by_password(page: Page, name: string): Promise<void> {
    await page.goto(`${home}/sign-in`);
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForLoadState();
  }

  async function add_passkey(page: Page, label: string, word = password): Promise<void> {
    await page.goto(`${home}/account/passkeys`);
    await page.getByLabel("Where it lies").fill(label);
    await page.locator("#passkey-present").fill(word);
    await page.getByRole("button", { name: "Add it" }).click();
  }

  /** Somebody with a passkey on the phone beside this page, signed out again. */
  async function with_passkey(name: string) {
    const api = person(keepsake, name);
    const here = await arrive();
    await by_password(here.page, name);
    await add_passkey(here.page, "My phone");
    await here.page.getByText("My phone").waitFor();
    await here.context.clearCookies();
    await here.page.goto(`${home}/sign-in`);
    return { api, ...here };
  }

  const press = (page: Page) => page.getByRole("button", { name: "Sign in with a passkey" }).click();
  const request = async (ticket?: string) => (await new Api(home).post("/sign-in/passkey/request", ticket ? { ticket } : {})).body;

  /** What the authenticator answers to a challenge, as a page of this house gets it. */
  async function answer(page: Page, challenge: string): Promise<Shown> {
    const parts = await page.evaluate(async (numbers) => {
      const publicKey = { challenge: Uint8Array.from(numbers), userVerification: "preferred" as const };
      const credential: any = await navigator.credentials.get({ publicKey });
      const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response;
      return [credential.rawId, clientDataJSON, authenticatorData, signature, userHandle].map((part) => [...new Uint8Array(part)]);
    }, [...Buffer.from(challenge, "base64url")]);
    const [credential, client_data, authenticator_data, signature, handle] = parts.map((part) => Buffer.from(part).toString("base64url"));
    return { credential: credential!, client_data: client_data!, authenticator_data: authenticator_data!, signature: signature!, handle: handle! };
  }

  const show = (shown: Partial<Shown> & { ticket?: string }) => new Api(home).post("/sign-in/passkey", shown);

  test("added, named, signed in with, listed and removed", async () => {
    const { context, page } = await with_passkey("mara");
    await look_at_live(page);
    await page.goto(`${home}/photos`);
    await press(page);
    await page.waitForURL(`${home}/photos`);
    await page.goto(`${home}/account/passkeys`);
    await look_at_live(page);
    await page.getByText("last used on").waitFor();
    await page.getByText("Remove", { exact: true }).click();
    const one = page.locator("details");
    await one.getByLabel("Present password").fill("not the password");
    await one.getByRole("button").click();
    await page.getByText("This is not the present password.").waitFor();
    await page.getByText("Remove", { exact: true }).click();
    await one.getByLabel("Present password").fill(password);
    await one.getByRole("button").click();
    await page.waitForURL(`${home}/account/passkeys`);
    assert.equal(await page.getByText("My phone").count(), 0);
    await page.goto(`${home}/account`);
    await page.getByText("a passkey was added").waitFor();
    await page.getByText("a passkey was removed").waitFor();
    await context.clearCookies();
    await page.goto(`${home}/sign-in`);
    await press(page);
    await page.getByText("This passkey does not fit.").first().waitFor();
    await context.close();
  });

  test("a wrong password adds none, nor does one that is here already", async () => {
    person(keepsake, "tane");
    const { context, page, phone } = await arrive();
    await by_password(page, "tane");
    await add_passkey(page, "My phone", "not the password");
    await page.getByText("This is not the present password.").waitFor();
    assert.deepEqual(await phone.held(), []);
    await add_passkey(page, "My phone");
    await page.getByText("never used").waitFor();
    await add_passkey(page, "My phone again");
    await page.getByText("Nothing came of it.").waitFor();
    assert.equal((await phone.held()).length, 1);
    await context.close();
  });

  test("what a person had typed before the session ended comes back by a passkey too", async () => {
    const { context, page } = await with_passkey("nora");
    await page.goto(`${home}/sign-in`);
    await page.evaluate(() => {
      document.body.innerHTML = '<form method="post" action="/stories"><input name="title" value="The night train"><button>Send</button></form>';
    });
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("You were signed out in the meantime.").waitFor();
    await press(page);
    await page.getByText("What you typed is still here.").waitFor();
    await context.close();
  });

  test("as the second step, alone or beside an app", async () => {
    const { api, context, page } = await with_passkey("carla");
    assert.equal((await api.post("/account/passkeys/after-password", { present: password, asked: true })).status, 204);
    await by_password(page, "carla");
    await page.getByText("Please use one of your passkeys.").waitFor();
    await look_at_live(page);
    await press(page);
    await page.waitForURL(`${home}/`);
    const begun = await api.post("/account/second-step", { present: password });
    await early_in_a_step();
    assert.equal((await api.post("/account/second-step/confirm", { code: code_of(begun.body.secret, step_now() - 1) })).status, 204);
    await context.clearCookies();
    await by_password(page, "carla");
    await page.getByText("Please type the code that your app shows now.").waitFor();
    await press(page);
    await page.waitForURL(`${home}/`);
    await context.clearCookies();
    await early_in_a_step();
    await by_password(page, "carla");
    await page.getByLabel("Code").fill(code_of(begun.body.secret));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(`${home}/`);
    await context.close();
  });

  test("an answer shown twice, to another challenge, or changed in one bit", async () => {
    const { context, page } = await with_passkey("dora");
    const shown = await answer(page, (await request()).challenge);
    for (const part of ["client_data", "authenticator_data", "signature"] as const) {
      const text = shown[part];
      const bent = { ...shown, [part]: text.slice(0, 20) + (text[20] === "A" ? "B" : "A") + text.slice(21) };
      assert.equal((await show(bent)).status, 401, part);
    }
    assert.equal((await show({ ...shown, handle: "AAAA" })).status, 401);
    const { handle, ...nameless } = shown;
    assert.equal((await show(nameless)).status, 401);
    assert.equal((await show(shown)).status, 201);
    assert.equal((await show(shown)).status, 401);
    for (const challenge of ["AAAA", Buffer.alloc(53).toString("base64url")]) {
      assert.equal((await show(await answer(page, challenge))).status, 401);
    }
    await context.close();
  });

  test("an answer for another place, and a user who cannot show who they are", async () => {
    const { context, page, phone } = await with_passkey("elsa");
    const [held] = await phone.held();
    // The same authenticator at another origin of the same host, as a page of somebody else's would use it.
    const { challenge } = await request();
    const other = await Keepsake.start();
    await page.goto(`http://localhost:${other.port}/health`);
    assert.equal((await show(await answer(page, challenge))).status, 401);
    await other.end();
    await page.goto(`${home}/sign-in`);
    await phone.verify(false);
    await press(page);
    await page.getByText("Nothing came of it.").waitFor();
    assert.equal((await phone.held())[0]!.credentialId, held!.credentialId);
    await context.close();
  });

  test("a copy is noticed by its counter", async () => {
    const { api, context, page, phone } = await with_passkey("frida");
    for (let times = 0; times < 3; times++) assert.equal((await show(await answer(page, (await request()).challenge))).status, 201);
    const [held] = await phone.held();
    await phone.lose(held!.credentialId);
    await phone.take({ ...held!, signCount: 1 });
    assert.equal((await show(await answer(page, (await request()).challenge))).status, 401);
    await page.goto(`${home}/sign-in`);
    await press(page);
    await page.getByText("This passkey does not fit.").first().waitFor();
    assert.equal((await api.get("/account/passkeys")).body.passkeys.length, 1);
    await by_password(page, "frida");
    await page.goto(`${home}/account`);
    await page.getByText("because there seem to be two of it").first().waitFor();
    await context.close();
  });

  test("nobody removes, adds or asks for what is somebody else's", async () => {
    const { api, context, page } = await with_passkey("greta");
    const { context: other, page: theirs, api: hedda } = await with_passkey("hedda");
    const [{ id }] = (await api.get("/account/passkeys")).body.passkeys;
    assert.equal((await hedda.ask("DELETE", `/account/passkeys/${id}`, { present: password })).status, 404);
    assert.equal((await api.post("/account/passkeys/after-password", { present: password, asked: true })).status, 204);
    const { ticket } = (await new Api(home).post("/sign-in", { name: "greta", password })).body;
    const { challenge, allowCredentials } = await request(ticket);
    assert.equal(allowCredentials.length, 1);
    assert.equal((await show({ ...(await answer(theirs, challenge)), ticket })).status, 401);
    const own = await answer(page, challenge);
    assert.equal((await show(own)).status, 401, "a challenge of the second step is for no other door");
    assert.equal((await show({ ...own, ticket })).status, 201);
    const begun = (await hedda.post("/account/passkeys/request", { present: password })).body;
    assert.equal((await show({ ...(await answer(theirs, begun.challenge)) })).status, 401);
    await context.close();
    await other.close();
  });

  test("bytes that are none of that are refused, and nothing else", async () => {
    const api = person(keepsake, "ilse");
    for (const bytes of ["", "!", "AAAA", Buffer.from("{}").toString("base64url"), "A".repeat(10_000)]) {
      assert.equal((await api.post("/account/passkeys", { label: "x", client_data: bytes, attestation: bytes })).status, 422);
      assert.equal((await show({ credential: bytes, client_data: bytes, authenticator_data: bytes, signature: bytes, handle: bytes })).status, 401);
    }
    assert.equal((await new Api(home).post("/sign-in/passkey/request", { ticket: "none" })).status, 401);
  });

  test("without a script, or at an address of digits, the pages do without", async () => {
    person(keepsake, "jana");
    const reader = await Reader.arrive(browser, home, desktop);
    await reader.sign_in("jana", password);
    await reader.open("/account/passkeys");
    await reader.sees("To add one, open this page in a browser that knows passkeys");
    assert.equal(await reader.page.getByRole("button", { name: "Add it" }).count(), 0);
    await reader.context.clearCookies();
    await reader.open("/sign-in");
    assert.equal(await reader.page.getByRole("button", { name: "Sign in with a passkey" }).count(), 0);
    await reader.leave();
    const plain = await Keepsake.start();
    const lone = person(plain, "kaya");
    assert.equal((await lone.get("/account/passkeys")).body.offered, false);
    assert.equal((await new Api(plain.address).post("/sign-in/passkey/request", {})).status, 404);
    assert.doesNotMatch(await (await fetch(`${plain.address}/sign-in`)).text(), /with a passkey|passkeys.*[.]js/);
    await plain.end();
  });
});
