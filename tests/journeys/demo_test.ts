// The demo as a newcomer has it: every story is read by whom the demo says, in a browser and as JSON, and by nobody else.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import { Api } from "./support/api.ts";
import { desktop, open_browser, phone } from "./support/browser.ts";
import { binary, Keepsake } from "./support/keepsake.ts";
import { Reader } from "./support/reader.ts";

// Who meets which story how; whoever is not named finds nothing. A gate stands before "gated".
const open_to_all = "everyone";
interface Expected {
  author: string;
  open?: string | string[];
  gated?: string | string[];
}
const members = ["hannah", "tom", "ines", "jonas", "claire", "meera", "yusuf", "marama", "haruko", "oksana", "sam"];
const stories: Record<string, Expected> = {
  "Eleven days": { author: "hannah", open: ["tom", "ines"], gated: ["claire", "meera"] },
  "A lake in March": { author: "hannah", open: open_to_all },
  "What I would say to the midwife": { author: "hannah" },
  "For whoever comes after us": { author: "hannah", gated: open_to_all },
  "The drive home": { author: "tom", gated: ["hannah"] },
  "La cocina a las cinco": { author: "ines", open: open_to_all },
  "Carta que no envié": { author: "ines" },
  "Der letzte Sommer am Fluss": { author: "jonas", gated: open_to_all },
  "Une chambre au troisième étage": { author: "claire", gated: open_to_all },
  "مطرٌ على النافذة": { author: "yusuf", open: open_to_all },
  "Te awa i te ata": { author: "marama", open: open_to_all },
  "父の散歩道": { author: "haruko", open: members },
  "माँ का आँगन": { author: "meera", gated: ["hannah", "yusuf", "claire"] },
  "Сад": { author: "oksana", open: members },
};

interface Told {
  id: string;
  photos: string[];
}

const among = (name: string, whom: string | string[] | undefined) => whom === open_to_all || (whom ?? []).includes(name);

describe("the demo", () => {
  let keepsake: Keepsake, browser: Browser, told: Run;
  const passwords = new Map<string, string>();
  const people = new Map<string, Api>();
  const found = new Map<string, Told>();
  interface Run {
    code: number | null;
    out: string;
    err: string;
  }

  before(async () => {
    keepsake = await Keepsake.start();
    told = keepsake.command(["demo", "--width", "450", "--port", String(keepsake.port)]);
    assert.equal(told.code, 0, told.err);
    browser = await open_browser();
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  test("prints names, passwords and links, and keeps them for its owner alone", () => {
    for (const [, name, password] of told.out.matchAll(/^ {2}([a-z]+) {2,}([a-z]+(?:-[a-z]+){3}) /gm)) passwords.set(name!, password!);
    assert.deepEqual([...passwords.keys()].sort(), [...members].sort());
    const file = join(keepsake.data, "demo.txt");
    assert.ok(told.out.startsWith(readFileSync(file, "utf8")));
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  test("everybody signs in beside the running server", async () => {
    for (const [name, password] of passwords) {
      const person = new Api(keepsake.address);
      assert.ok((await person.post("/sign-in", { name, password })).status < 300, name);
      people.set(name, person);
    }
  });

  test("their authors find all stories", async () => {
    for (const [title, { author }] of Object.entries(stories)) {
      const own = (await people.get(author)!.get("/")).body.mine.find((story: any) => story.title === title);
      assert.ok(own, title);
      const { body } = await people.get(author)!.get(`/stories/${own.id}`);
      found.set(title, { id: own.id, photos: body.photos.map((photo: any) => photo.id) });
      assert.equal(body.state === "gated", false, title);
    }
    assert.ok(found.size >= 14);
  });

  test("every story and photo is for whom the demo says", async () => {
    const viewers = new Map<string, Api>([...people, ["nobody", new Api(keepsake.address)]]);
    for (const [title, expected] of Object.entries(stories)) {
      const { id, photos } = found.get(title)!;
      for (const [name, viewer] of viewers) {
        const about = `${title} for ${name}`;
        const open = name === expected.author || among(name, expected.open), gated = !open && among(name, expected.gated);
        const { status, body, bytes } = await viewer.get(`/stories/${id}`);
        assert.equal(status, open || gated ? 200 : 404, about);
        assert.equal(body.state === "gated", gated, about);
        if (!open) for (const photo of photos) assert.ok(!bytes.includes(photo), about);
        for (const photo of photos) assert.equal((await viewer.get(`/photos/${photo}/320`)).status, open ? 200 : 404, about);
        for (const photo of photos) {
          assert.equal((await viewer.get(`/photos/${photo}/original`)).status, name === expected.author ? 200 : 404, about);
        }
      }
    }
  });

  test("a guest reads by the link, past the gate, on a phone", async () => {
    const [, address] = /Grandma reads "Eleven days": (\S+)/.exec(told.out)!;
    const guest = await Reader.arrive(browser, keepsake.address, phone);
    assert.equal(await guest.open(address!), 200);
    await guest.sees("Grandma");
    assert.equal(await guest.press("Open"), 200);
    await guest.sees("hospital", "loss of a baby");
    await guest.sees_nothing_of("Elin", "/photos/");
    assert.equal(await guest.press("Read the story"), 200);
    await guest.sees("Her name is Elin.");
    assert.equal(await guest.page.locator("article img").count(), 3);
    await guest.leave();
    const aunt = /Aunt Ruth reads .*\/guest\/(\S+)\n +passphrase: (\S+)/.exec(told.out)!;
    const opened = (passphrase: string) => new Api(keepsake.address).post(`/guest/${aunt[1]}`, { passphrase });
    assert.equal((await opened("not the right words")).status, 422);
    assert.ok((await opened(aunt[2]!)).status < 400);
  });

  test("stories in every script are read without a fault", async () => {
    const reader = await Reader.arrive(browser, keepsake.address, desktop);
    for (const [title, { open }] of Object.entries(stories)) {
      if (open !== open_to_all) continue;
      assert.equal(await reader.open(`/stories/${found.get(title)!.id}`), 200);
      await reader.sees(title);
    }
    await reader.leave();
  });

  test("is made nowhere where somebody is", () => {
    const again = keepsake.command(["demo"]);
    assert.equal(again.code, 1);
    assert.match(again.err, /There are people in .* already/);
    const folder = mkdtempSync(join(tmpdir(), "keepsake-demo-"));
    const lone = (words: string[], input = "") => spawnSync(binary, [...words, "--data", folder], { input, encoding: "utf8" });
    assert.equal(lone(["person", "add", "ana", "--password-stdin"], "a quiet place by the sea").status, 0);
    assert.equal(lone(["demo"]).status, 1);
    assert.equal(lone(["person", "list"]).stdout.trim().split("\n").length, 1);
    assert.ok(!existsSync(join(folder, "demo.txt")));
    rmSync(folder, { recursive: true });
  });
});
