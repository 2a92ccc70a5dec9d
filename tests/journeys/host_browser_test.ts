// A host looks after their place: on a phone with a thumb, on a desk by the keyboard alone, both without script.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import type { Api } from "./support/api.ts";
import { desktop, open_browser, phone } from "./support/browser.ts";
import { write_figures } from "./support/figures.ts";
import { go_by_keyboard } from "./support/keyboard.ts";
import { Keepsake } from "./support/keepsake.ts";
import { Onlooker } from "./support/onlooker.ts";
import { password, person } from "./support/people.ts";
import { Reader } from "./support/reader.ts";

describe("looking after a place", () => {
  let keepsake: Keepsake, browser: Browser, tane: Api, story: string;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    person(keepsake, "hana", ["--host"]);
    tane = person(keepsake, "tane");
    await tane.post("/account/profile", { display_name: "Tāne" });
    story = (await tane.post("/stories", { title: "The week in March", body: "We had eleven days.", state: "published", audience: ["public"] })).body.url;
    write_figures(keepsake);
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  test("on a phone: who is here, somebody suspended and let back in, removed and taken back", async () => {
    const host = await Reader.arrive(browser, keepsake.address, phone);
    await host.sign_in("hana", password);
    await host.open("/things");
    await host.follow("Looking after this place");
    await host.sees("No page here shows what people keep", "2 people are here.", "No backup is known to this server.");
    await host.follow("People");
    await host.sees("Tāne", "@tane", "No photos", "Has not signed in yet");
    await host.sees_nothing_of("The week in March");
    await host.follow("Tāne");
    await host.sees("Nothing is deleted, and all of it is seen again once you let them back in.");
    assert.equal(await host.press("Suspend this person"), 200);
    await host.sees("Suspended since");
    const other = await Reader.arrive(browser, keepsake.address, phone);
    assert.equal(await other.open(story), 404);
    assert.equal(await other.sign_in("tane", password), 401);
    await other.sees("This account was suspended by whoever runs this place on", "Nothing of yours is lost");
    assert.equal(await other.follow("How to reach whoever runs this place"), 200);
    assert.equal(other.path(), "/contact");
    assert.equal(await host.press("Let them back in"), 200);
    assert.equal(await other.open(story), 200);

    await host.type("Type the name tane", "tana");
    assert.equal(await host.press("Remove this person"), 422);
    await host.sees("This is not the name of this person. Nothing was removed.");
    assert.equal(await host.page.getByLabel(/Type the name/).inputValue(), "tana");
    await host.type("Type the name tane", "tane");
    assert.equal(await host.press("Remove this person"), 200);
    await host.sees("gone for good on");
    assert.equal(await other.open(story), 404);
    assert.equal(await host.press("Take the removal back"), 200);
    assert.equal(await other.open(story), 200);

    await host.type(/The most that this person/, "plenty");
    assert.equal(await host.press("Save"), 422);
    await host.sees("Please give a number of gigabytes");
    await host.type(/The most that this person/, "2.5");
    assert.equal(await host.press("Save"), 200);
    await host.sees("room for 2.5 GB");
    await other.leave();
    await host.leave();
  });

  test("on a desk by the keyboard alone: the host's words end the story, on paper too", async () => {
    const host = await Reader.arrive(browser, keepsake.address, desktop);
    const { page } = host;
    await host.sign_in("hana", password);
    await host.open("/host");
    await go_by_keyboard(page, "Your own words");
    await host.sees("The words that the program came with");
    await go_by_keyboard(page, "Where to get help");
    await host.sees("It stands before the helplines of each reader’s country", "emergency number");
    await page.getByLabel("Your text").focus();
    await page.keyboard.type("Call the friends of this house, day and night.\n\n- 0800 111 0 111");
    await go_by_keyboard(page, "Save");
    await host.sees("Your own words, of");
    const reader = await Onlooker.arrive(browser, keepsake.address, desktop);
    await reader.open(story);
    const help = reader.page.getByRole("region", { name: "Where to get help" });
    assert.match(await help.innerText(), /Call the friends of this house, day and night\.\s+0800 111 0 111/);
    await reader.page.emulateMedia({ media: "print" });
    assert.ok(await help.isVisible(), "the help stands on paper too");
    assert.ok(!(await reader.page.getByRole("link", { name: /Everything Tāne tells/ }).isVisible()));
    await reader.leave();
    await host.leave();
  });

  test("charts are drawn for a phone in both directions, and every figure stands in a table", async () => {
    for (const [locale, dir] of [["en-GB", "ltr"], ["ar-EG", "rtl"]] as const) {
      const small = { ...phone, viewport: { width: 360, height: 740 }, locale };
      const host = await Reader.arrive(browser, keepsake.address, small);
      await host.open("/sign-in");
      await host.page.locator("#name").fill("hana");
      await host.page.locator("#password").fill(password);
      await host.page.locator("main button").click();
      for (const path of ["/host/room", "/host/traffic"]) {
        await host.open(path);
        assert.equal(await host.page.locator("html").getAttribute("dir"), dir);
        const charts = host.page.locator(".chart");
        assert.equal(await charts.count(), 2);
        for (let at = 0; at < 2; at++) {
          const chart = charts.nth(at);
          const named = await chart.getByRole("img").getAttribute("aria-label");
          assert.ok(named!.length > 30, named!);
          const box = (await chart.locator(".bars").boundingBox())!;
          assert.ok(box.width >= 300 && box.height >= 100, JSON.stringify(box));
          const size = await chart.locator(".days").evaluate((days) => parseFloat(getComputedStyle(days).fontSize));
          assert.ok(size >= 14, `${size}`);
        }
        // The first day stands where reading begins, and so does its bar.
        const first = (await charts.first().locator(".days span").first().boundingBox())!;
        const bar = (await charts.first().locator("rect").first().boundingBox())!;
        assert.equal(first.x < 180, dir === "ltr");
        assert.equal(bar.x < 180, dir === "ltr");
        await host.page.locator("summary").click();
        assert.ok((await host.page.locator("tbody tr").count()) >= 29);
      }
      await host.leave();
    }
  });
});
