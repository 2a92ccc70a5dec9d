// Somebody who looks at pages closely, with everything a browser of today does: script on, what shifts noted.
import assert from "node:assert/strict";

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

import { violations } from "./axe.ts";
import { visitor } from "./browser.ts";

export type Weighed = [url: string, bytes: number];
export const weight = (weighed: Weighed[]) => weighed.reduce((sum, [, bytes]) => sum + bytes, 0);

export type Cookies = Parameters<BrowserContext["addCookies"]>[0];

/** A line of Chromium's accessibility tree: what a screen reader is told, in its order. */
export interface Told {
  role: string;
  name: string;
  level?: number;
}

// Noted from the first frame on; what the reader's own hand moved within half a second does not count.
const note_shifts = `
  window.shifted = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.shifted.push(entry.value + " " + entry.sources.map(({ node }) => node?.nodeName + "." + node?.className));
    }
  }).observe({ type: "layout-shift", buffered: true });`;

export class Onlooker {
  private constructor(readonly address: string, readonly context: BrowserContext, readonly page: Page) {}

  static async arrive(browser: Browser, address: string, device: BrowserContextOptions, cookies: Cookies = []): Promise<Onlooker> {
    // The policy of the pages would not let axe in; what they run themselves is looked at elsewhere.
    const context = await visitor(browser, { ...device, bypassCSP: true });
    context.setDefaultTimeout(30_000);
    await context.addInitScript(note_shifts);
    await context.addCookies(cookies);
    return new Onlooker(address, context, await context.newPage());
  }

  async open(path: string): Promise<number> {
    const answer = await this.page.goto(new URL(path, this.address).href, { waitUntil: "load" });
    return answer!.status();
  }

  /** Scrolls to the end, so that everything that waits for the reader comes. */
  async read_through(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let at = 0; at <= document.documentElement.scrollHeight; at += innerHeight / 2) {
        scrollTo(0, at);
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 20)));
      }
      const coming = [...document.images].filter((image) => !image.complete);
      await Promise.all(coming.map((image) => new Promise((come) => image.addEventListener("load", come, { once: true }))));
      scrollTo(0, 0);
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 20)));
    });
  }

  shifts = () => this.page.evaluate(() => (globalThis as any).shifted as string[]);

  violations = () => violations(this.page);

  /** By how much the page is wider than its window, and what sticks out of it. */
  async beyond(): Promise<string[]> {
    return this.page.evaluate(() => {
      if (document.documentElement.scrollWidth <= innerWidth) return [];
      const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5);
      return [`${document.documentElement.scrollWidth} of ${innerWidth}`, ...wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 160))];
    });
  }

  /** What can be pressed and is lower or narrower than 44 px, aside from links within a sentence. */
  async too_small(): Promise<string[]> {
    return this.page.evaluate(() => {
      const pressed = "button, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio]), nav a, .stories > li > a, .things a, .button, label.check, .way-back a";
      const small = [...document.querySelectorAll(pressed)].filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 0 && (height < 43.5 || width < 43.5);
      });
      return small.map((element) => element.outerHTML.slice(0, 160));
    });
  }

  /** Text as large again as it was, as a reader sets it in the browser. */
  async enlarge_text(): Promise<void> {
    await this.page.addStyleTag({ content: "html { font-size: 200% !important }" });
  }

  /** What is fetched from here on: address and bytes over the wire, heads among them. Grows as they come. */
  async weigh(): Promise<Weighed[]> {
    const session = await this.context.newCDPSession(this.page);
    await session.send("Network.enable");
    const urls = new Map<string, string>();
    const weighed: Weighed[] = [];
    session.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => weighed.push([urls.get(requestId)!, encodedDataLength]));
    return weighed;
  }

  /** The largest thing that was painted, and when, in milliseconds since the page was asked for. */
  largest_paint(): Promise<{ at: number; what: string }> {
    return this.page.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => {
        const last = list.getEntries().at(-1) as any;
        resolve({ at: Math.round(last.startTime), what: last.element?.nodeName ?? "" });
      }).observe({ type: "largest-contentful-paint", buffered: true });
    }));
  }

  async told(): Promise<Told[]> {
    const session = await this.context.newCDPSession(this.page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    await session.detach();
    const by_id = new Map(nodes.map((node) => [node.nodeId, node]));
    const told: Told[] = [];
    const walk = (id: string) => {
      const node = by_id.get(id);
      if (!node) return;
      const level = node.properties?.find(({ name }) => name === "level")?.value.value;
      if (!node.ignored) told.push({ role: node.role?.value ?? "", name: node.name?.value ?? "", ...(level ? { level } : {}) });
      for (const child of node.childIds ?? []) walk(child);
    };
    walk(nodes[0]!.nodeId);
    return told;
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

/** What stands in the page's main part. */
export function within_main(told: Told[]): Told[] {
  const place = (role: string) => told.findIndex((one) => one.role === role);
  return told.slice(place("main") + 1, place("contentinfo"));
}

/** The landmarks and headings of a page, in their order, as "role: name". */
export function outline(told: Told[]): string[] {
  const kept = ["banner", "navigation", "main", "contentinfo", "heading"];
  return told.filter(({ role }) => kept.includes(role)).map(({ role, name, level }) => (level ? `h${level}: ${name}` : name ? `${role}: ${name}` : role));
}

/** Asserts what every page is to a screen reader: its parts in order, one first heading, no level left out. */
export function assert_well_told(told: Told[], about: string): void {
  const parts = outline(told);
  assert.deepEqual(parts.filter((part) => /^(banner|main|contentinfo)/.test(part)), ["banner", "main", "contentinfo"], about);
  assert.equal(parts[1], "navigation: Pages", about);
  const levels = parts.filter((part) => /^h\d/.test(part)).map((part) => Number(part[1]));
  assert.equal(levels[0], 1, `${about}: ${parts}`);
  assert.equal(levels.filter((level) => level === 1).length, 1, `${about}: ${parts}`);
  levels.reduce((before, level) => (assert.ok(level <= before + 1, `${about}: ${parts}`), level));
  for (const { role, name } of told) {
    if (["link", "button", "textbox", "checkbox", "combobox", "image", "navigation", "heading"].includes(role)) assert.ok(name, `${about}: a ${role} without a name`);
  }
}
