// The plain form does everything without any script: order, the question who, and coming back filled after the
// session ended.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import type { Api } from "./support/api.ts";
import { open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { Reader } from "./support/reader.ts";

describe("writing without scripts", () => {
  let keepsake: Keepsake, browser: Browser, mara: Api, author: Reader;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara", ["--host"]);
    person(keepsake, "tane");
    author = await Reader.arrive(browser, keepsake.address, phone);
    await author.sign_in("mara", password);
  });
  after(async () => {
    await author?.leave();
    await browser?.close();
    await keepsake?.end();
  });

  const stories = async () => (await mara.get("/")).body.mine as { id: string; title: string; state: string }[];
  const end_sessions = async () => {
    for (const { id } of (await mara.get("/account/sessions")).body.sessions) await mara.ask("DELETE", `/account/sessions/${id}`);
  };
  const sign_in_again = async () => {
    await author.type("Name", "mara");
    await author.type("Password", password);
    return author.press("Sign in");
  };

  test("photos are put into another order by their numbers", async () => {
    const ids = [];
    for (const shade of [31, 32, 33]) ids.push((await mara.upload(picture(shade), "image/png")).body.id);
    const { id } = (await mara.post("/stories", { title: "Three", photos: ids.map((one) => ({ id: one })) })).body;
    await author.open(`/stories/${id}/edit`);
    await author.page.getByLabel("Which one it is").nth(2).fill("1");
    assert.equal(await author.press("Keep as a draft"), 200);
    const order = async () => (await mara.get(`/stories/${id}`)).body.photos.map((photo: { id: string }) => photo.id);
    assert.deepEqual(await order(), [ids[2], ids[0], ids[1]]);
    await author.open(`/stories/${id}/edit`);
    await author.page.getByLabel("Which one it is").nth(0).fill("3");
    assert.equal(await author.press("Keep as a draft"), 200);
    assert.deepEqual(await order(), [ids[0], ids[1], ids[2]]);
  });

  test("publishing says who first; nothing is published by looking, and it can be changed", async () => {
    await author.open("/stories/new");
    await author.type(/^Title/, "Said first");
    await author.type(/^Named people/, "tane");
    assert.equal(await author.press("Publish"), 200);
    await author.sees("This is what will happen", "Once it is published, these may read it: tane.");
    const [draft] = await stories();
    assert.deepEqual([draft!.title, draft!.state], ["Said first", "draft"]);
    assert.equal(await author.follow("Change something first"), 200);
    await author.page.locator("summary", { hasText: "More:" }).click();
    await author.page.getByLabel("Everyone with an account here").check();
    assert.equal(await author.press("Publish"), 200);
    await author.sees("everyone with an account here and tane");
    assert.equal(await author.press("Publish"), 200);
    assert.equal((await stories())[0]!.state, "published");
    assert.equal(author.path(), `/stories/${draft!.id}`);
  });

  test("nobody chosen: it says so", async () => {
    await author.open("/stories/new");
    await author.type(/^Title/, "For me");
    await author.press("Publish");
    await author.sees("Nobody but you will be able to read it.");
    await author.press("Publish");
    await author.sees("Nobody but you may read this.");
  });

  test("the same form sent twice makes one story", async () => {
    await author.open("/stories/new");
    const started = await author.page.locator("input[name=started]").inputValue();
    const send = (title: string) => author.ask("/stories", {}, { started, title, body: "Words." });
    const first = await send("Once");
    assert.equal(first.status, 303);
    assert.equal((await send("Once")).headers.get("location"), first.headers.get("location"));
    const changed = await send("Once, changed");
    assert.equal(changed.status, 409);
    const page = await changed.text();
    for (const words of ["Once, changed", "This story was changed in the meantime", "<strong>Once</strong>"]) assert.ok(page.includes(words), words);
    assert.equal((await stories()).filter(({ title }) => title.startsWith("Once")).length, 1);
  });

  test("a form sent after the session ended comes back filled", async () => {
    await author.open("/stories/new");
    await author.type(/^Title/, "It took “all” night & more");
    await author.type("Your words", "One line.\n\nAnother <b>line</b>.\n  And a third. 👩‍👧‍👦");
    await author.page.locator("summary", { hasText: "Content notes" }).click();
    await author.page.getByLabel("hospital").check();
    await author.page.getByLabel("Add photos").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: picture(77) });
    await end_sessions();
    const before = (await stories()).length;
    assert.equal(await author.press("Publish"), 401);
    await author.sees("Nothing you typed is lost", "Photos that you had just chosen need to be chosen once more.");
    await author.type("Name", "mara");
    await author.type("Password", "not this one");
    assert.equal(await author.press("Sign in"), 401);
    assert.equal(await sign_in_again(), 200);
    await author.sees("What you typed is still here.");
    assert.equal(await author.press("Go on"), 200);
    assert.equal(await author.page.getByLabel(/^Title/).inputValue(), "It took “all” night & more");
    assert.equal(await author.page.getByLabel("Your words").inputValue(), "One line.\n\nAnother <b>line</b>.\n  And a third. 👩‍👧‍👦");
    assert.ok(await author.page.getByLabel("hospital").isChecked());
    assert.equal((await stories()).length, before, "nothing is saved by coming back");
    assert.equal(await author.press("Keep as a draft"), 200);
    assert.equal((await stories()).length, before + 1);
  });

  test("an edit sent after the session ended comes back as well, and knows what it was of", async () => {
    const { id } = (await mara.post("/stories", { title: "Edited", body: "Before." })).body;
    await author.open(`/stories/${id}/edit`);
    await author.type("Your words", "After.");
    await end_sessions();
    assert.equal(await author.press("Keep as a draft"), 401);
    await mara.ask("PATCH", `/stories/${id}`, { body: "Meanwhile." });
    assert.equal(await sign_in_again(), 200);
    assert.equal(await author.press("Go on"), 200);
    assert.equal(await author.page.getByLabel("Your words").inputValue(), "After.");
    assert.equal(await author.press("Keep as a draft"), 409);
    await author.sees("Meanwhile.");
    assert.equal(await author.press("Keep as a draft"), 200);
    assert.equal((await mara.get(`/stories/${id}`)).body.body, "After.");
  });

  test("a smaller form goes where it was going", async () => {
    await author.open("/circles");
    await author.type("Its name", "Those who know");
    await end_sessions();
    assert.equal(await author.press("Make the circle"), 401);
    assert.equal(await sign_in_again(), 200);
    assert.equal(await author.press("Go on"), 200);
    await author.sees("Those who know");
  });

  test("no password is ever carried, and nothing leads out of the house", async () => {
    await author.open("/account");
    await author.type("Present password", password);
    await author.type("New password", "another quiet place");
    await end_sessions();
    assert.equal(await author.press("Set the new password"), 401);
    await author.sees_nothing_of("another quiet place", password);
    const carried = JSON.stringify({ action: "https://elsewhere.example/", fields: [{ name: "a", value: "b" }] });
    const answer = await author.ask("/sign-in", {}, { name: "mara", password, carried });
    assert.ok(!(await answer.text()).includes("elsewhere.example"));
  });
});
