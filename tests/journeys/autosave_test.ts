// The tab, the network, the server or the session ends at a moment of its own choosing while somebody types: what
// was typed more than two seconds before is there again.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import type { Browser, Page } from "playwright-core";

import type { Api } from "./support/api.ts";
import { open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { Writer } from "./support/writer.ts";

const most_lost = 2000; // milliseconds of typing
const moments = Number(process.env.KEEPSAKE_MOMENTS ?? 5); // for each of the four

interface Typed {
  word: string;
  at: number;
}

/** Types word after word as a quick hand does, until told to stop; each with the time at which it was there. */
async function type_on(page: Page, typed: Typed[], go_on: () => boolean): Promise<void> {
  while (go_on()) {
    const word = `w${typed.length}`;
    try {
      await page.keyboard.type(`${word} `);
    } catch {
      return; // the tab is gone
    }
    typed.push({ word, at: Date.now() });
    await pause(40 + Math.random() * 80);
  }
}

describe("nothing typed is lost", () => {
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

  async function crash(page: Page): Promise<void> {
    const gone = page.waitForEvent("crash");
    const session = await page.context().newCDPSession(page);
    session.send("Page.crash").catch(() => undefined);
    await gone;
    await page.close();
  }

  const end_sessions = async () => {
    for (const { id } of (await mara.get("/account/sessions")).body.sessions) await mara.ask("DELETE", `/account/sessions/${id}`);
  };

  /** What stands in the form once everything is well again and the person has come back. */
  async function come_back(writer: Writer): Promise<string> {
    const page = await writer.new_window();
    writer.page = page;
    await page.goto(`${keepsake.address}/account`);
    if (page.url().includes("/sign-in")) {
      await page.getByLabel("Name").fill("mara");
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.waitForURL(/account$/);
    }
    const newest = (await mara.get("/")).body.mine[0];
    await writer.open(newest ? `/stories/${newest.id}/edit` : "/stories/new");
    return writer.text();
  }

  const ends: Record<string, (writer: Writer, typing: () => Promise<void>) => Promise<void>> = {
    "the tab is killed": async () => undefined,
    "the network goes, later the tab": async (writer, typing) => {
      await writer.context.setOffline(true);
      await typing();
    },
    "the server is killed, later the tab": async (_, typing) => {
      await keepsake.stop("SIGKILL");
      await typing();
    },
    "the session ends, later the tab": async (_, typing) => {
      await end_sessions();
      await typing();
    },
  };

  for (const [about, end] of Object.entries(ends)) {
    for (let moment = 0; moment < moments; moment++) {
      test(`${about} (${moment + 1})`, async (context) => {
        for (const one of (await mara.get("/")).body.mine) await mara.ask("DELETE", `/stories/${one.id}?for-good=1`);
        const writer = await Writer.arrive(browser, keepsake.address, "mara", phone);
        await writer.open("/stories/new");
        await writer.words.click();
        const typed: Typed[] = [];
        let typing = true;
        const hand = type_on(writer.page, typed, () => typing);
        const until = Math.round(200 + Math.random() * 3800);
        await pause(until);
        await end(writer, () => pause(Math.random() * 4000));
        const killed = Date.now();
        await crash(writer.page);
        typing = false;
        await hand;
        await keepsake.stop();
        await keepsake.serve();
        await writer.context.setOffline(false);
        const left = await come_back(writer);
        const lost = typed.filter(({ word, at }) => at < killed && !new RegExp(`\\b${word}\\b`).test(left));
        const span = lost.length ? killed - lost[0]!.at : 0;
        context.diagnostic(`${about}, after ${until} ms: ${typed.length} words typed, ${lost.length} lost, the oldest ${span} ms old`);
        assert.ok(span <= most_lost, `lost what was typed ${span} ms before: ${lost.map(({ word }) => word)} of ${typed.length}\n${left}`);
        await writer.leave();
      });
    }
  }

  test("without the tab being killed everything is kept once the network is back", async () => {
    const writer = await Writer.arrive(browser, keepsake.address, "mara", phone);
    await writer.open("/stories/new");
    await writer.words.click();
    await writer.page.keyboard.type("Before. ");
    await writer.kept();
    await writer.context.setOffline(true);
    await writer.page.keyboard.type("While it was gone.");
    await writer.page.getByText("The server cannot be reached. What you type is kept on this device").waitFor();
    await writer.look();
    await writer.context.setOffline(false);
    await writer.kept();
    assert.equal((await mara.get(`/stories/${writer.story()}`)).body.body, "Before. While it was gone.");
    await writer.leave();
  });

  test("signed out in another window: it says so, and goes on after signing in", async () => {
    const writer = await Writer.arrive(browser, keepsake.address, "mara", phone);
    await writer.open("/stories/new");
    await writer.words.click();
    await writer.page.keyboard.type("Before. ");
    await writer.kept();
    await end_sessions();
    await writer.page.keyboard.type("Meanwhile.");
    await writer.page.getByText("You are signed out. What you type is kept on this device.").waitFor();
    await writer.look();
    const opened = writer.context.waitForEvent("page");
    await writer.page.getByRole("link", { name: "Sign in in another window" }).click();
    const door = await opened;
    await door.getByLabel("Name").fill("mara");
    await door.getByLabel("Password").fill(password);
    await door.getByRole("button", { name: "Sign in", exact: true }).click();
    await writer.kept();
    assert.equal((await mara.get(`/stories/${writer.story()}`)).body.body, "Before. Meanwhile.");
    await writer.leave();
  });

  test("on a shared device nothing of it is left for whoever comes next", async () => {
    person(keepsake, "tane");
    const writer = await Writer.arrive(browser, keepsake.address, "mara", phone);
    await writer.open("/stories/new");
    await writer.context.setOffline(true);
    await writer.words.click();
    await writer.page.keyboard.type("Only for me.");
    await writer.page.getByText("kept on this device").waitFor();
    const rows = (page: Page) => page.evaluate(() => new Promise<string>((resolve) => {
      const opening = indexedDB.open("keepsake-writing");
      opening.onsuccess = () => {
        if (!opening.result.objectStoreNames.contains("typed")) return resolve("[]");
        const all = opening.result.transaction("typed").objectStore("typed").getAll();
        all.onsuccess = () => resolve(JSON.stringify(all.result.map((row) => [row.id, new TextDecoder().decode(row.sealed)])));
      };
    }));
    const kept = await rows(writer.page);
    assert.match(kept, /mara\/new/);
    assert.ok(!kept.includes("Only for me"), "it lies there sealed");
    await crash(writer.page);
    await writer.context.setOffline(false);
    // Somebody else signs in without her signing out: nothing of hers comes up.
    writer.page = await writer.new_window();
    await writer.page.goto(`${keepsake.address}/account`);
    await writer.context.clearCookies();
    await writer.sign_in("tane");
    await writer.open("/stories/new");
    assert.equal((await writer.text()).trim(), "");
    assert.match(await rows(writer.page), /mara\/new/, "and it is there for her still");
    // Signing out, from a page without any script, takes everything with it.
    await writer.page.goto(`${keepsake.address}/things`);
    await writer.page.getByRole("button", { name: "Sign out", exact: true }).click();
    await writer.page.waitForURL(`${keepsake.address}/`);
    await writer.page.goto(`${keepsake.address}/sign-in`);
    assert.equal(await rows(writer.page), "[]");
    await writer.leave();
  });

  test("somebody else's session takes nothing of what was typed before it", async () => {
    const writer = await Writer.arrive(browser, keepsake.address, "mara", phone);
    await writer.open("/stories/new");
    const other = await writer.new_window();
    await writer.context.clearCookies();
    await other.goto(`${keepsake.address}/sign-in`);
    await other.getByLabel("Name").fill("tane");
    await other.getByLabel("Password").fill(password);
    await other.getByRole("button", { name: "Sign in", exact: true }).click();
    await other.waitForURL(`${keepsake.address}/`);
    await writer.words.click();
    await writer.page.keyboard.type("Not for Tane.");
    await writer.page.getByText("Somebody else is signed in here now").waitFor();
    await other.reload();
    assert.ok(!(await other.locator("main").innerText()).includes("Draft"));
    await writer.leave();
  });
});
