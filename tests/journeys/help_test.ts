// Where to get help: the lines of the reader's country for what it is about, in the reader's language, with numbers as
// they were published; at the end of a story, on a page of its own and for programs.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";

const html = (more: Record<string, string> = {}): Record<string, string> => ({ accept: "text/html", ...more });

/** What a news report of 27 October 2020 printed at its end, and what each number dials. */
const report = [
  { id: "nz-sands", web: "sands.org.nz" },
  { id: "nz-lifeline", call: ["0800 543 354", "0800543354"], vanity: "0800 LIFELINE", text: ["4357", "4357"] },
  { id: "nz-suicide-crisis-helpline", call: ["0508 828 865", "0508828865"], vanity: "0508 TAUTOKO", web: "https://www.lifeline.org.nz/services/suicide-crisis-helpline" },
  { id: "nz-youthline", call: ["0800 376 633", "0800376633"] },
  { id: "nz-1737", call: ["1737", "1737"], text: ["1737", "1737"] },
  { id: "nz-kidsline", call: ["0800 543 754", "0800543754"] },
  { id: "nz-whatsup", call: ["0800 942 8787", "08009428787"] },
  { id: "nz-depression-helpline", call: ["0800 111 757", "0800111757"], text: ["4202", "4202"], always: true },
  { id: "nz-anxiety-helpline", call: ["0800 269 4389", "08002694389"], always: true },
];

/** The part of the page that tells of one line. */
function line_of(page: string, id: string): string {
  const begin = page.indexOf(`id="line-${id}"`);
  assert.notEqual(begin, -1, `${id} is not on the page`);
  const end = page.indexOf('<li class="line"', begin);
  return page.slice(begin, end === -1 ? page.length : end);
}

const headings = (page: string) => [...page.matchAll(/<h3>([^<]*)<\/h3>/g)].map((found) => found[1]);

describe("where to get help", () => {
  let keepsake: Keepsake, author: Api, nobody: Api;

  before(async () => {
    keepsake = await Keepsake.start();
    author = person(keepsake, "mara");
    nobody = new Api(keepsake.address);
  });
  after(() => keepsake?.end());

  const page_of = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await nobody.get(path, html(headers));
    assert.equal(answer.status, 200, path);
    return answer.bytes.toString();
  };

  test("New Zealand: every line of the report, with its numbers as printed and what they dial", async () => {
    const page = await page_of("/help?country=NZ");
    for (const printed of report) {
      const line = line_of(page, printed.id);
      const shown = line.replace(/<[^>]*>/g, "");
      for (const number of [printed.call?.[0], printed.vanity, printed.text?.[0], printed.web]) if (number) assert.ok(shown.includes(number), `${printed.id}: ${number}`);
      if (printed.call) assert.ok(line.includes(`href="tel:${printed.call[1]}"`), printed.id);
      if (printed.text) assert.ok(line.includes(`href="sms:${printed.text[1]}"`), printed.id);
      if (printed.always) assert.match(shown, /Open day and night/, printed.id);
      assert.match(line, /class="quiet source">[^<]+<a href="https?:\/\//, printed.id);
    }
    assert.match(line_of(page, "nz-whatsup"), /every day, 11[\s\u202f]am to 11[\s\u202f]pm \(Auckland time\)/);
  });

  test("comes for the topic first, then whoever listens, then for danger", async () => {
    const page = await page_of("/help?country=NZ&topic=pregnancy-loss");
    assert.deepEqual(headings(page), ["Loss of a pregnancy or a baby", "Somebody who listens, whatever it is", "If a life is in danger, or it cannot wait"]);
    const order = ["nz-sands", "nz-1737", "nz-suicide-crisis-helpline", "nz-emergency"].map((id) => page.indexOf(`id="line-${id}"`));
    assert.deepEqual(order, [...order].sort((a, b) => a - b));
    assert.ok(!order.includes(-1));
    assert.ok(!page.includes("nz-kidsline"));
  });

  test("for programs, as they were promised it", async () => {
    const { body } = await nobody.get("/help?country=NZ&topic=children");
    assert.equal(body.country, "NZ");
    const line = body.lines.find(({ id }: { id: string }) => id === "nz-whatsup");
    assert.equal(line.name, "0800 What's Up");
    assert.deepEqual(line.channels[0], { kind: "call", number: "0800 942 8787", dial: "08009428787", address: "tel:08009428787", vanity: "0800 WHATSUP" });
    assert.equal(line.hours, "mo-su 11:00-23:00");
    assert.equal(line.zone, "Pacific/Auckland");
    assert.equal(typeof line.open_now, "boolean");
    assert.match(line.checked, /^\d{4}/);
    assert.match(line.source, /^https?:/);
  });

  test("for the country that the reader chose, else that of their language, else the host's", async () => {
    const of_germany = await Keepsake.start(["--country", "DE"]);
    try {
      const reader = new Api(of_germany.address);
      const country = async (headers: Record<string, string>) => (await reader.get("/help", headers)).body.country;
      assert.equal(await country({}), "DE");
      assert.equal(await country({ "accept-language": "en" }), "DE");
      assert.equal(await country({ "accept-language": "en-NZ,en;q=0.9" }), "NZ");
      // A German browser that takes American English too.
      assert.equal(await country({ "accept-language": "de,en-US;q=0.7" }), "DE");
      assert.equal(await country({ "accept-language": "en-NZ", cookie: "__Host-country=AU" }), "AU");
      for (const nonsense of ["ZZ", "au", "<b>", ""]) assert.equal(await country({ "accept-language": "en-NZ", cookie: `__Host-country=${nonsense}` }), "NZ");
      const chosen = await reader.post("/help/country", { country: "FR" });
      assert.equal(chosen.status, 204);
      assert.match(chosen.headers.get("set-cookie")!, /^__Host-country=FR; .*Path=\/.*HttpOnly/);
    } finally {
      await of_germany.end();
    }
  });

  test("where nobody gathered lines yet, directories of others are named", async () => {
    const page = await page_of("/help?country=TV");
    assert.match(page, /Nobody has gathered lines for Tuvalu here yet/);
    assert.deepEqual(headings(page), ["If a life is in danger, or it cannot wait", "In other countries"]);
    assert.match(page, /href="tel:911"/);
    assert.deepEqual(headings(await page_of("/help?country=AQ")), ["In other countries"]);
    assert.match(await page_of("/help?country=XX"), /Please choose your country/);
  });

  test("in a language that nobody translated, and in those that somebody did", async () => {
    assert.match(await page_of("/help?country=NZ", { "accept-language": "mi" }), /Where to get help/);
    const german = await page_of("/help?country=AT", { "accept-language": "de" });
    assert.match(german, /Wo es Hilfe gibt/);
    assert.match(german, /Tag und Nacht erreichbar/);
    assert.match(await page_of("/help?country=EG", { "accept-language": "ar" }), /أين تجد المساعدة/);
  });

  test("searches by name, number and topic, and says so where nothing fits", async () => {
    const names = async (q: string) => (await nobody.get(`/help?country=NZ&q=${encodeURIComponent(q)}`)).body.lines.map(({ id }: { id: string }) => id);
    assert.deepEqual(await names("kidsLINE"), ["nz-kidsline"]);
    assert.ok((await names("0800 543 354")).includes("nz-lifeline"));
    assert.ok((await names("loss of a pregnancy")).includes("nz-sands"));
    const nothing = await page_of("/help?country=NZ&q=%3Cscript%3Ealert(1)%3C/script%3E");
    assert.match(nothing, /No line here fits that/);
    assert.ok(nothing.includes('value="&lt;script&gt;alert(1)&lt;/script&gt;"'));
    assert.ok(!nothing.includes("<script>alert"));
  });

  test("refuses what makes no sense with a sentence", async () => {
    for (const query of ["country=ZZ", "country=nz", "country=New+Zealand", "topic=cheer", `q=${"x".repeat(300)}`]) {
      const refused = await nobody.get(`/help?${query}`);
      assert.equal(refused.status, 422, query);
      assert.ok(refused.body.detail.length > 10);
    }
    assert.equal((await nobody.get("/help?country=%zz")).status, 400);
    assert.equal((await nobody.get("/help?q=%00")).status, 400);
    for (const country of ["ZZ", "nz"]) assert.equal((await nobody.post("/help/country", { country })).status, 422);
  });

  test("every record is there for whoever wants to take it along", async () => {
    const answer = await fetch(`${keepsake.address}/help/lines.jsonl`);
    const records = (await answer.text()).trim().split("\n").map((line) => JSON.parse(line));
    assert.ok(records.length > 100);
    assert.ok(new Set(records.map(({ country }) => country)).size >= 16);
    for (const record of records) assert.ok(record.sources.length > 0, record.id);
  });

  test("ends a story with the lines of each reader's country, for what the author says it is about", async () => {
    const told = { title: "Eleven days", body: "We had eleven days.", state: "published", audience: ["public"], topics: ["pregnancy-loss"] };
    const { url } = (await author.post("/stories", told)).body;
    const path = new URL(url, keepsake.address).pathname;
    const tags = new Set<string>();
    // Each twice: from the cache the same as before.
    for (const [language, country, line] of [["en-NZ", "New Zealand", "nz-sands"], ["en-GB", "United Kingdom", "gb-"], ["de-AT", "Österreich", "at-"], ["en-NZ", "New Zealand", "nz-sands"], ["de-AT", "Österreich", "at-"]] as const) {
      const answer = await nobody.get(path, html({ "accept-language": language }));
      const page = answer.bytes.toString();
      assert.ok(page.includes(`<bdi>${country}</bdi>`), language);
      assert.ok(page.includes(`id="line-${line}`), language);
      assert.equal(answer.headers.get("set-cookie"), null);
      tags.add(answer.headers.get("etag")!);
    }
    assert.equal(tags.size, 3);
    const chosen = (await nobody.get(path, html({ "accept-language": "en-NZ", cookie: "__Host-country=IE; __Host-language=en" }))).bytes.toString();
    assert.ok(chosen.includes("<bdi>Ireland</bdi>"));
    const plain = (await author.post("/stories", { ...told, topics: [] })).body.url;
    const without = (await nobody.get(new URL(plain, keepsake.address).pathname, html({ "accept-language": "en-NZ" }))).bytes.toString();
    assert.deepEqual(headings(without), ["Somebody who listens, whatever it is", "If a life is in danger, or it cannot wait"]);
  });

  test("nothing logs for which country or topic somebody looked", async () => {
    await page_of("/help?country=KE&topic=violence&q=unrepeatable");
    for (const word of ["KE&", "violence", "unrepeatable"]) assert.ok(!keepsake.printed.includes(word), word);
  });
});
