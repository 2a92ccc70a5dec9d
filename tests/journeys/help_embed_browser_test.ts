// A newsroom puts one line into its article, on a site of its own that allows as little as it can, and each reader gets
// the lines of their own country: in few bytes, without a cookie, and without a request to anybody else.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";

import type { Browser, BrowserContext, Page } from "playwright-core";

import { Api } from "./support/api.ts";
import { Inspector } from "./support/axe.ts";
import { open_browser } from "./support/browser.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";

interface Visit {
  context: BrowserContext;
  page: Page;
  asked: string[];
  bytes: Map<string, number>;
}

describe("help on the page of a newsroom", () => {
  let keepsake: Keepsake, newsroom: Server, article: string, browser: Browser;

  before(async () => {
    keepsake = await Keepsake.start();
    browser = await open_browser();
    newsroom = createServer((request, answer) => {
      const { pathname, searchParams } = new URL(request.url!, "http://newsroom");
      if (pathname !== "/") return void answer.writeHead(404).end();
      const told = [...searchParams].map(([name, value]) => ` data-${name}="${value}"`).join("") || ' data-topic="pregnancy-loss"';
      answer.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": `default-src 'none'; script-src ${keepsake.address}; connect-src ${keepsake.address}; style-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'`,
      });
      answer.end(`<!doctype html><html lang="en"><head><title>A story</title><link rel="icon" href="data:,"></head><body><main><h1>A story</h1><p>What happened.</p>
<script src="${keepsake.address}/help/embed.js"${told} async></script></main></body></html>`);
    }).listen(0, "127.0.0.1");
    await once(newsroom, "listening");
    article = `http://127.0.0.1:${(newsroom.address() as AddressInfo).port}/`;
  });
  after(async () => {
    await browser?.close();
    newsroom?.close();
    await keepsake?.end();
  });

  /** A reader whose browser is new, counting what comes over the wire. */
  async function arrive(locale: string, told = ""): Promise<Visit> {
    const context = await browser.newContext({ locale, bypassCSP: false });
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    await wire.send("Network.enable");
    const asked: string[] = [], bytes = new Map<string, number>(), addresses = new Map<string, string>();
    wire.on("Network.requestWillBeSent", ({ requestId, request }) => void addresses.set(requestId, request.url));
    wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => void bytes.set(addresses.get(requestId)!, encodedDataLength));
    page.on("request", (request) => void asked.push(request.url()));
    await page.goto(article + told);
    await page.locator(".keepsake-help").waitFor();
    return { context, page, asked, bytes };
  }

  test("each reader gets the lines of their country, in their language", async () => {
    for (const [locale, heading, line, href] of [
      ["en-NZ", "Where to get help", "Sands New Zealand", "https://sands.org.nz"],
      ["de-AT", "Wo es Hilfe gibt", "Telefonseelsorge", "tel:142"],
    ] as const) {
      const { context, page } = await arrive(locale);
      const block = page.getByRole("region", { name: heading });
      assert.equal(await block.getAttribute("lang"), locale.slice(0, 2));
      assert.match(await block.innerText(), new RegExp(line, "i"));
      assert.ok((await block.locator(`a[href^="${href}"]`).count()) > 0, href);
      await context.close();
    }
  });

  test("in less than ten thousand bytes, without cookies, and asking nobody but this house", async () => {
    const { context, page, asked, bytes } = await arrive("en-NZ");
    const ours = [...bytes].filter(([address]) => address.startsWith(keepsake.address));
    assert.equal(ours.length, 2);
    const all = ours.reduce((sum, [, size]) => sum + size, 0);
    console.log(`# the embed over the wire: ${ours.map(([address, size]) => `${new URL(address).pathname} ${size}`).join(", ")}; ${all} bytes with headers`);
    assert.ok(all < 10 * 1024, `${all} bytes`);
    assert.deepEqual(asked.filter((address) => !address.startsWith(article) && !address.startsWith(keepsake.address) && !address.startsWith("data:")), []);
    assert.deepEqual(await context.cookies([article, keepsake.address]), []);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
    const answer = await new Api(keepsake.address).get("/help/embed?country=NZ", { cookie: "__Host-country=AU; __Host-language=de" });
    assert.equal(answer.headers.get("set-cookie"), null);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    assert.equal(answer.body.country, "NZ");
    assert.equal(answer.body.lang, "en");
    await context.close();
  });

  test("another country is one choice away, by the keyboard, and axe has nothing to say", async () => {
    const { context, page } = await arrive("en-NZ");
    const inspector = await Inspector.beside(context, {});
    await inspector.look_at(page);
    const choice = page.getByRole("combobox", { name: "Country" });
    await choice.focus();
    await page.keyboard.type("Ireland");
    await page.waitForFunction(() => document.querySelector(".keepsake-help")!.textContent!.includes("Samaritans Ireland") || document.querySelector<HTMLAnchorElement>('.keepsake-help a[href*="country=IE"]'));
    assert.equal(await choice.inputValue(), "IE");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "SELECT");
    await inspector.look_at(page);
    await context.close();
  });

  test("the article may name topics, country and language, and what it mistypes keeps nobody from help", async () => {
    const named = await arrive("en-NZ", "?topic=suicide+bereavement&country=IE&lang=fr");
    assert.equal(await named.page.getByRole("combobox", { name: "Pays" }).inputValue(), "IE");
    await named.context.close();
    const mistaken = await arrive("en-NZ", "?country=Atlantis");
    assert.equal(await mistaken.page.getByRole("combobox", { name: "Country" }).inputValue(), "NZ");
    await mistaken.context.close();
    const unknown = await arrive("en-NZ", "?country=TV");
    assert.match(await unknown.page.getByRole("status").innerText(), /Nobody has gathered lines for Tuvalu here yet/);
    assert.equal(await unknown.page.getByRole("combobox", { name: "Country" }).inputValue(), "TV");
    await unknown.context.close();
    const mistyped = await arrive("de-AT", "?topic=cheer");
    await mistyped.page.getByRole("link", { name: "Wo es Hilfe gibt" }).click();
    await mistyped.page.getByRole("heading", { name: "Wo es Hilfe gibt" }).waitFor();
    await mistyped.context.close();
  });

  test("where the house cannot be asked, a link stands in its place", async () => {
    const context = await browser.newContext({ locale: "en-NZ" });
    const page = await context.newPage();
    await page.route("**/help/embed?*", (route) => route.abort());
    await page.goto(article);
    const link = page.getByRole("link", { name: "Where to get help" });
    await link.waitFor();
    assert.equal(await link.getAttribute("href"), `${keepsake.address}/help`);
    await context.close();
  });

  test("what nobody would ask for is refused, and answers that are kept are each reader's own", async () => {
    const nobody = new Api(keepsake.address);
    for (const query of ["country=zz", "topic=cheer", "country=%00"]) assert.ok([400, 422].includes((await nobody.get(`/help/embed?${query}`)).status), query);
    for (const again of [1, 2, 3]) {
      for (const [query, language, country, spoken] of [["country=NZ", "de", "NZ", "de"], ["", "en-AU", "AU", "en"], ["lang=fr&country=FR", "en", "FR", "fr"], ["country=NZ&nonsense=1", "en", "NZ", "en"], ["", "de-DE", "DE", "de"]] as const) {
        const { body } = await nobody.get(`/help/embed?${query}`, { "accept-language": language });
        assert.deepEqual([body.country, body.lang], [country, spoken], `${query} ${again}`);
      }
    }
    const first = await nobody.get("/help/embed?country=NZ");
    assert.equal((await nobody.get("/help/embed?country=NZ", { "if-none-match": first.headers.get("etag")! })).status, 304);
    // The order of what is asked, and what nobody knows, make no other answer.
    const tags = new Set<string | null>();
    for (const query of ["country=NZ&topic=illness&topic=parents", "utm_source=x&topic=parents&topic=illness&country=NZ&lang="]) tags.add((await nobody.get(`/help/embed?${query}`)).headers.get("etag"));
    assert.equal(tags.size, 1);
  });

  test("what a host takes away is gone with the next request", async () => {
    const host = person(keepsake, "hana", ["--host"]), nobody = new Api(keepsake.address);
    const names = async () => (await nobody.get("/help/embed?country=NZ&topic=pregnancy-loss")).body.groups[0].lines.map(({ name }: { name: string }) => name);
    assert.ok((await names()).includes("Sands New Zealand"));
    assert.equal((await host.post("/host/helplines/nz-sands/hide", {})).status, 204);
    assert.ok(!(await names()).includes("Sands New Zealand"));
  });
});
