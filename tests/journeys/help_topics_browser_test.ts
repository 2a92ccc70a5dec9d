// Saying where readers find help: by thumb without script, by the keyboard alone, and with what keeps itself.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser, Page } from "playwright-core";

import type { Api } from "./support/api.ts";
import { desktop, open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { Reader } from "./support/reader.ts";
import { Writer } from "./support/writer.ts";

const about_loss = "After the second miscarriage my father died.";

describe("where to get help, in a browser", () => {
  let keepsake: Keepsake, browser: Browser, mara: Api;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara", ["--host"]);
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  const told = async (id: string) => (await mara.get(`/stories/${id}`)).body;
  const draft = async (fields: object) => (await mara.post("/stories", fields)).body.id as string;
  const ticked = (page: Page) => page.locator("input[name=topics]:checked").evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value));
  const unfold = (page: Page) => page.locator("summary", { hasText: "Where to get help" }).click();

  test("on a phone without script: ten topics and the gate, ticked, kept and taken back", async () => {
    const author = await Reader.arrive(browser, keepsake.address, phone);
    await author.sign_in("mara", password);
    const id = await draft({ title: "Plain", body: "It rained." });
    await author.open(`/stories/${id}/edit`);
    await unfold(author.page);
    assert.equal(await author.page.locator("input[name=topics][type=checkbox]").count(), 10);
    for (const box of await author.page.locator("label.check:has([name=topics], [name=help_at_gate])").all()) {
      const { height } = (await box.boundingBox())!;
      assert.ok(height >= 44, `${await box.innerText()}: ${height} px`);
    }
    await author.page.getByLabel("Loss of a pregnancy or a baby", { exact: true }).check();
    await author.page.getByLabel("Suicide and crisis").check();
    await author.page.getByLabel("Show it before the story too, at the gate").check();
    assert.equal(await author.press("Keep as a draft"), 200);
    assert.deepEqual([(await told(id)).topics, (await told(id)).help_at_gate], [["pregnancy-loss", "suicide"], true]);
    await author.open(`/stories/${id}/edit`);
    assert.deepEqual(await ticked(author.page), ["pregnancy-loss", "suicide"]);
    await author.page.getByLabel("Loss of a pregnancy or a baby", { exact: true }).uncheck();
    await author.page.getByLabel("Suicide and crisis").uncheck();
    await author.page.getByLabel("Show it before the story too, at the gate").uncheck();
    assert.equal(await author.press("Keep as a draft"), 200);
    assert.deepEqual([(await told(id)).topics, (await told(id)).help_at_gate], [[], false]);
    await author.leave();
  });

  test("a suggestion is never ticked by itself, on the form and before publishing", async () => {
    const author = await Reader.arrive(browser, keepsake.address, phone);
    await author.sign_in("mara", password);
    const id = await draft({ title: "That year", body: about_loss, topics: ["parents"] });
    await author.open(`/stories/${id}/edit`);
    await author.sees("From what you wrote, these may help your readers:", "Loss of a pregnancy or a baby", "Death of someone close");
    assert.deepEqual(await ticked(author.page), ["parents"]);
    await author.page.getByLabel("Death of someone close", { exact: true }).check();
    assert.equal(await author.press("Publish"), 200);
    await author.sees("This is what will happen", "From what you wrote, these may help your readers:");
    assert.deepEqual(await ticked(author.page), []);
    assert.equal(await author.page.getByLabel("Death of someone close", { exact: true }).count(), 0);
    await author.page.getByLabel("Loss of a pregnancy or a baby", { exact: true }).check();
    assert.equal(await author.press("Publish"), 200);
    assert.deepEqual((await told(id)).topics.sort(), ["bereavement", "parents", "pregnancy-loss"]);
    await author.sees_nothing_of("From what you wrote");
    await author.leave();
  });

  test("a passage to read once more is quoted, and nothing is in the way of publishing", async () => {
    const author = await Reader.arrive(browser, keepsake.address, desktop);
    await author.sign_in("mara", password);
    const id = await draft({ title: "My brother", body: "They say he committed suicide. It was at the bridge." });
    await author.open(`/stories/${id}/edit`);
    await author.sees("Passages you may want to read once more", "committed suicide", "You decide.", "Preventing suicide: a resource for media professionals, update 2023");
    assert.equal(await author.press("Publish"), 200);
    await author.sees("Passages you may want to read once more", "It was at the bridge.");
    assert.equal(await author.press("Publish"), 200);
    await author.sees("They say he committed suicide.");
    await author.sees_nothing_of("once more");
    await author.leave();
  });

  test("by the keyboard alone", async () => {
    const author = await Reader.arrive(browser, keepsake.address, desktop);
    await author.sign_in("mara", password);
    const id = await draft({ title: "Keys", body: "It rained." });
    await author.open(`/stories/${id}/edit`);
    const press_at = async (name: string, key: string) => {
      for (let stop = 0; stop < 60; stop++) {
        await author.page.keyboard.press("Tab");
        const here = await author.page.evaluate(() => (document.activeElement!.closest("label, summary, button") as HTMLElement | null)?.innerText ?? "");
        if (here.startsWith(name)) return author.page.keyboard.press(key);
      }
      return assert.fail(`${name} cannot be reached`);
    };
    await press_at("Where to get help", "Enter");
    await press_at("Serious illness", "Space");
    await press_at("Show it before the story too", "Space");
    assert.equal(await author.press("Keep as a draft"), 200);
    assert.deepEqual([(await told(id)).topics, (await told(id)).help_at_gate], [["illness"], true]);
    await author.leave();
  });

  test("with scripts, a tick keeps itself and stands there again", async () => {
    const writer = await Writer.arrive(browser, keepsake.address, "mara");
    const id = await draft({ title: "Kept", body: about_loss });
    await writer.open(`/stories/${id}/edit`);
    await writer.look();
    await writer.page.getByLabel("Anxiety").check();
    await writer.page.getByLabel("Show it before the story too, at the gate").check();
    await writer.kept();
    assert.deepEqual([(await told(id)).topics, (await told(id)).help_at_gate], [["anxiety"], true]);
    await writer.open(`/stories/${id}/edit`);
    assert.deepEqual(await ticked(writer.page), ["anxiety"]);
    await writer.page.getByLabel("Anxiety").uncheck();
    await writer.page.getByLabel("Show it before the story too, at the gate").uncheck();
    await writer.kept();
    assert.deepEqual([(await told(id)).topics, (await told(id)).help_at_gate], [[], false]);
    await writer.leave();
  });

  test("what another window ticked can be taken over", async () => {
    const writer = await Writer.arrive(browser, keepsake.address, "mara");
    const id = await draft({ title: "Two windows", body: "It rained." });
    await writer.open(`/stories/${id}/edit`);
    await mara.ask("PATCH", `/stories/${id}`, { topics: ["violence"], help_at_gate: true });
    await writer.page.getByLabel(/^Title/).fill("Mine");
    await writer.page.locator("#conflict").waitFor();
    await writer.page.getByRole("button", { name: "Go on with what was saved meanwhile" }).click();
    assert.deepEqual(await ticked(writer.page), ["violence"]);
    assert.ok(await writer.page.getByLabel("Show it before the story too, at the gate").isChecked());
    await writer.leave();
  });
});
