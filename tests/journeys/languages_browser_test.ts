// A grandmother who reads Arabic, and a father who writes in German, on small phones and without script: every page
// they come to is in their language and direction, no wider than the phone, and axe has nothing to say.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Browser } from "playwright-core";

import type { Api } from "./support/api.ts";
import { open_browser, phone } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { Reader } from "./support/reader.ts";

const small = { ...phone, viewport: { width: 360, height: 740 } };

async function speaks(reader: Reader, language: string): Promise<void> {
  const root = reader.page.locator("html");
  assert.equal(await root.getAttribute("lang"), language, reader.page.url());
  assert.equal(await root.getAttribute("dir"), language === "ar" ? "rtl" : "ltr");
}

describe("pages in Arabic and German on a small phone", () => {
  let keepsake: Keepsake, browser: Browser, mara: Api;
  let story: string, gated: string, guest: string;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    mara = person(keepsake, "mara", ["--host"]);
    person(keepsake, "tane");
    const told = { title: "The week in March", body: "We had eleven days.", state: "published", audience: ["public"] };
    story = (await mara.post("/stories", told)).body.url;
    gated = (await mara.post("/stories", { ...told, notes: ["hospital"], note: "Take your time." })).body.url;
    await mara.post("/circles", { name: "Us", people: ["tane"] });
    guest = (await mara.post(`${gated}/links`, { name: "جدتي", passphrase: "the blue gate by the river" })).body.url;
  });
  after(async () => {
    await browser?.close();
    await keepsake?.end();
  });

  const arrive = (locale: string) => Reader.arrive(browser, keepsake.address, { ...small, locale });

  test("a guest from whom the browser asks for Arabic comes in and reads, right to left", async () => {
    const grandmother = await arrive("ar-EG");
    assert.equal(await grandmother.open(guest), 200);
    await speaks(grandmother, "ar");
    await grandmother.sees("شارك", "لا شيء يُفتح من تلقاء نفسه");
    await grandmother.sees_nothing_of("جدتي");
    await grandmother.type("عبارة السر", "wrong words altogether");
    assert.equal(await grandmother.press("فتح"), 422);
    await grandmother.sees("ليست هذه عبارة السر لهذا الرابط.");
    await grandmother.type("عبارة السر", "the blue gate by the river");
    assert.equal(await grandmother.press("فتح"), 200);
    await grandmother.sees("قبل القراءة", "hospital", "Take your time.");
    assert.equal(await grandmother.press("قراءة الحكاية"), 200);
    await grandmother.sees("We had eleven days.");
    await speaks(grandmother, "ar");
    const article = grandmother.page.locator("article.story");
    assert.deepEqual([await article.getAttribute("lang"), await article.getAttribute("dir")], ["en", "ltr"]);
    // What stands at the beginning of a line stands on the right.
    const heading = await grandmother.page.locator("header .home").boundingBox();
    assert.ok(heading!.x > 180, `the name of the house stands at ${heading!.x}`);
    await grandmother.open(guest);
    await grandmother.sees("جدتي");
    assert.equal(await grandmother.open("/stories/" + "a".repeat(26)), 404);
    await grandmother.sees("لا شيء هنا");
    await grandmother.leave();
  });

  test("whoever is given the wrong language finds their own at the foot of the page, and comes back to it", async () => {
    const reader = await arrive("ar");
    await reader.open(story);
    assert.match(await reader.page.locator(".page-footer").innerText(), /ترجمتها آلة/);
    assert.equal(await reader.press("Français", ".page-footer"), 200);
    assert.equal(reader.path(), story);
    await speaks(reader, "fr");
    assert.match(await reader.page.locator(".page-footer").innerText(), /traduits par une machine/);
    assert.equal(await reader.press("English", ".page-footer"), 200);
    await speaks(reader, "en");
    assert.doesNotMatch(await reader.page.locator(".page-footer").innerText(), /machine/);
    // An address that is a secret is told to nobody, and is come back to all the same.
    await reader.open(guest);
    assert.equal(await reader.press("العربية", ".page-footer"), 200);
    assert.equal(reader.page.url(), guest);
    await speaks(reader, "ar");
    await reader.leave();
  });

  for (const [language, locale, sign_in, name, secret, save, label] of [
    ["de", "en-GB", "Anmelden", "Name", "Passwort", "Speichern", "Sprache der Seiten"],
    ["ar", "en-GB", "تسجيل الدخول", "الاسم", "كلمة السر", "حفظ", "لغة الصفحات"],
  ] as const) {
    test(`a person who chose ${language} meets it on every page`, async () => {
      await mara.post("/language", { language: "" });
      const reader = await arrive(locale);
      await reader.open("/sign-in");
      await reader.press(language === "de" ? "Deutsch" : "العربية", ".page-footer");
      assert.equal(reader.path(), "/sign-in");
      await reader.type(name, "mara");
      await reader.type(secret, "not the password");
      assert.equal(await reader.press(sign_in), 401);
      await speaks(reader, language);
      await reader.type(secret, password);
      assert.equal(await reader.press(sign_in), 200);
      await reader.open("/account");
      await reader.page.getByLabel(label).selectOption(language);
      await reader.page.locator("form[action='/language'] button", { hasText: save }).first().click();
      await reader.page.waitForLoadState();
      await reader.context.clearCookies({ name: "__Host-language" });
      const pages = ["/", "/account", "/photos", "/circles", "/invitations", "/trash", "/stories/new", story, `${story}/edit`,
        `${story}/links`, gated, "/@mara", "/host/recovery-phrase", "/nothing/here"];
      for (const page of pages) {
        await reader.open(page);
        await speaks(reader, language);
      }
      await reader.leave();
    });
  }
});
