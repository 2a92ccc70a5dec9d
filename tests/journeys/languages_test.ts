// Every answer in the reader's language: a person's own choice, else the browser's, else the instance's. What is
// hidden answers as what never was in each of them, and pages that are kept are kept for each.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api, type Answer } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { text_of, Wire } from "./support/wire.ts";

const nothing_here: Record<string, string> = {
  ar: "لا شيء هنا",
  de: "Hier ist nichts",
  en: "There is nothing here",
  es: "Aquí no hay nada",
  fr: "Il n’y a rien ici",
};
const languages = Object.keys(nothing_here);
const nowhere = "a".repeat(26);

const html = (language?: string): Record<string, string> => ({
  accept: "text/html",
  ...(language ? { "accept-language": language } : {}),
});

function speaks(answer: Answer, language: string): void {
  const page = answer.bytes.toString();
  assert.equal(answer.headers.get("content-language"), language);
  assert.match(answer.headers.get("vary")!, /Accept-Language/);
  assert.ok(page.includes(`<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">`), page.slice(0, 200));
  assert.equal(page.includes('aria-current="true"'), true);
}

describe("the language of an answer", () => {
  let keepsake: Keepsake, author: Api, nobody: Api, story: string, draft: string;

  before(async () => {
    keepsake = await Keepsake.start();
    author = person(keepsake, "mara");
    nobody = new Api(keepsake.address);
    const told = { title: "Elf Tage", lang: "de", body: "Am Meer.", audience: ["public"], state: "published" };
    story = (await author.post("/stories", told)).body.id;
    draft = (await author.post("/stories", { title: "Not yet" })).body.id;
  });
  after(() => keepsake?.end());

  test("is the browser's, or the instance's where the browser asks for none that is here", async () => {
    for (const language of languages) speaks(await nobody.get("/", html(language)), language);
    speaks(await nobody.get("/", html("de-AT,de;q=0.9,en;q=0.5")), "de");
    speaks(await nobody.get("/", html("mi, fr;q=0.5, es;q=0.7")), "es");
    for (const asked of [undefined, "*", "mi", "zz-nonsense;q=x,,;"]) speaks(await nobody.get("/", html(asked)), "en");
    const german = await Keepsake.start(["--language", "de"]);
    try {
      speaks(await new Api(german.address).get("/", html("mi")), "de");
      speaks(await new Api(german.address).get("/", html("en")), "en");
    } finally {
      await german.end();
    }
  });

  test("is its own for each page that is kept, and never another's", async () => {
    const tags = new Map<string, string>();
    for (const again of [1, 2, 3]) {
      for (const language of languages) {
        const page = await nobody.get(`/stories/${story}`, html(language));
        assert.equal(page.status, 200);
        speaks(page, language);
        assert.ok(page.bytes.toString().includes('<article class="story" lang="de" dir="ltr"'), String(again));
        tags.set(language, page.headers.get("etag")!);
      }
    }
    assert.equal(new Set(tags.values()).size, languages.length);
    for (const language of languages) {
      const conditional = { ...html(language), "if-none-match": tags.get("de")! };
      assert.equal((await nobody.get(`/stories/${story}`, conditional)).status, language === "de" ? 304 : 200);
      const chosen = await nobody.get(`/stories/${story}`, { ...html("en"), cookie: `__Host-language=${language}` });
      speaks(chosen, language);
      assert.equal(chosen.headers.get("etag"), tags.get(language));
    }
  });

  test("leaves what programs read as it is, but for the sentences of problems", async () => {
    const json = { accept: "application/json", "accept-language": "es" };
    const read = await nobody.get(`/stories/${story}`, json);
    assert.equal(read.headers.get("content-language"), null);
    assert.doesNotMatch(read.headers.get("vary")!, /Accept-Language/);
    assert.deepEqual(read.bytes, (await nobody.get(`/stories/${story}`, { ...json, "accept-language": "ar" })).bytes);
    const problem = await nobody.get(`/stories/${nowhere}`, json);
    assert.equal(problem.status, 404);
    assert.equal(problem.headers.get("content-language"), "es");
    assert.deepEqual(problem.body, {
      type: "about:blank",
      title: "Aquí no hay nada",
      status: 404,
      detail: "No hay nada en esta dirección, o no se ha compartido contigo.",
    });
    const refused = await author.ask("POST", "/stories", { title: "x".repeat(301) }, json);
    assert.equal(refused.body.detail, "Un título puede tener hasta 300 caracteres.");
  });

  test("tells nobody in any language what is hidden", async () => {
    const wire = new Wire(keepsake.port, 4);
    const ask = async (path: string, headers: Record<string, string>, method: string) =>
      text_of(await wire.ask({ method, path, headers })).replaceAll(draft, "IT").replaceAll(nowhere, "IT");
    for (const language of languages) {
      for (const accept of ["text/html", "application/json"]) {
        for (const method of ["GET", "HEAD"]) {
          for (const rest of ["", "/edit", "/links"]) {
            const headers = { accept, "accept-language": language };
            const hidden = await ask(`/stories/${draft}${rest}`, headers, method);
            assert.equal(hidden, await ask(`/stories/${nowhere}${rest}`, headers, method));
            const heading = Buffer.from(nothing_here[language]!).toString("latin1");
            if (!rest && method === "GET" && accept === "text/html") assert.ok(hidden.includes(`<h1>${heading}`), hidden);
          }
        }
      }
    }
    wire.end();
  });

  test("is the signed-in person's own, wherever they are", async () => {
    assert.equal((await author.post("/language", { language: "ar" })).status, 204);
    // By the token alone, as on a device that keeps no cookie.
    const elsewhere = new Api(keepsake.address, keepsake.command(["token", "create", "mara"]).out.trim());
    speaks(await elsewhere.get("/account", html("fr")), "ar");
    speaks(await elsewhere.get(`/stories/${nowhere}`, html("fr")), "ar");
    speaks(await elsewhere.get("/no/such/page", html("fr")), "ar");
    assert.equal((await elsewhere.get("/account")).body.language, "ar");
    assert.equal((await elsewhere.get(`/photos/${nowhere}/original`)).headers.get("content-language"), "ar");
    assert.equal((await elsewhere.post("/language", { language: "" })).status, 204);
    speaks(await elsewhere.get("/account", html("fr")), "fr");
  });

  test("is chosen by a form that leads back, and from this house alone", async () => {
    const form = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      nobody.ask("POST", "/language", Buffer.from(new URLSearchParams(fields).toString()), {
        ...html("en"),
        "content-type": "application/x-www-form-urlencoded",
        ...headers,
      });
    const here = { referer: `${keepsake.address}/stories/${story}` };
    const chosen = await form({ language: "de" }, { ...here, "sec-fetch-site": "same-origin" });
    assert.equal(chosen.status, 303);
    assert.equal(chosen.headers.get("location"), `/stories/${story}`);
    assert.match(chosen.headers.get("set-cookie")!, /^__Host-language=de; Path=\/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax$/);
    speaks(await nobody.get("/", html("fr")), "de");
    const ways: [Record<string, string>, Record<string, string>, string][] = [
      [{ language: "de", then: "/sign-in?then=%2F" }, here, "/sign-in?then=%2F"],
      [{ language: "de", then: "//elsewhere.example" }, here, "/"],
      [{ language: "de", then: "https://elsewhere.example" }, here, "/"],
      [{ language: "de" }, { referer: "https://elsewhere.example/x" }, "/"],
      [{ language: "de" }, {}, "/"],
    ];
    for (const [fields, headers, place] of ways) assert.equal((await form(fields, headers)).headers.get("location"), place);
    assert.equal((await form({ language: "xx" })).status, 422);
    assert.equal((await form({ other: "de" })).status, 422);
    assert.match((await form({ language: "" })).headers.get("set-cookie")!, /Max-Age=0/);
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example" };
    assert.equal((await form({ language: "de" }, foreign)).status, 403);
  });

  test("is the reader's still where the disk was waited for, however many ask at once", async () => {
    const gated = { title: "Winter", body: "It snowed.", notes: ["hospital"], audience: ["members"], state: "published" };
    const { url } = (await author.post("/stories", gated)).body;
    const reader = person(keepsake, "tane");
    const changed: Record<string, RegExp> = { ar: /تغيّر/, de: /geändert/, en: /has changed/, es: /ha cambiado/, fr: /a changé/ };
    const step = (language: string) => reader.ask("POST", `${url}/gate`, { accept: "all", gate: 999 }, { "accept-language": language });
    const asked = Array.from({ length: 100 }, (_, at) => languages[at % languages.length]!);
    const answers = await Promise.all(asked.map(step));
    answers.forEach(({ status, body }, at) => {
      assert.equal(status, 409);
      assert.match(body.detail, changed[asked[at]!]!);
    });
    speaks(await nobody.get(`/stories/${nowhere}`, html("en")), "en");
  });
});
