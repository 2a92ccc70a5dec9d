// Two servers on one PostgreSQL and one folder of photos. What is taken back at one is gone at the other within a
// second; one that is cut off from the database serves nothing from memory, and comes back by itself.
// KEEPSAKE_TRIALS=200 makes the figures worth something.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Api, type Answer } from "./support/api.ts";
import { Passage } from "./support/cut.ts";
import { fresh_database, type FreshDatabase } from "./support/database.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { refused, refused_page } from "./support/refusals.ts";

const trials = Number(process.env.KEEPSAKE_TRIALS ?? 10);
const cluster = process.env.KEEPSAKE_TEST_POSTGRES;
const nowhere = "a".repeat(26);
const longest_answer = 8000;  // ms, of a server whose database is cut off

interface Told {
  story: string;
  photo: string;
}

async function done(answer: Promise<Answer>): Promise<any> {
  const { status, body, bytes } = await answer;
  assert.ok(status < 300, bytes.toString());
  return body;
}

const ways: { about: string; of: (told: Told) => string; headers: Record<string, string> }[] = [
  { about: "the story as JSON", of: ({ story }) => `/stories/${story}`, headers: {} },
  { about: "the story's page", of: ({ story }) => `/stories/${story}`, headers: { accept: "text/html" } },
  { about: "the photo", of: ({ photo }) => `/photos/${photo}/320`, headers: {} },
];

const ask_all = (reader: Api, told: Told) => Promise.all(ways.map(({ of, headers }) => reader.get(of(told), headers)));

function same(one: Answer, other: Answer, about: string): void {
  // The reference for the host's log is each answer's own.
  const plain = ({ bytes, body }: Answer) => (body?.reference ? bytes.toString().replaceAll(body.reference, "") : bytes.toString().replace(/[a-z2-7]{12}/g, ""));
  const fields = ({ headers }: Answer) => [...headers].filter(([name]) => name !== "date");
  assert.equal(one.status, other.status, about);
  assert.equal(plain(one), plain(other), about);
  assert.deepEqual(fields(one), fields(other), about);
}

async function same_as_absent(reader: Api, told: Told, status: number): Promise<void> {
  const [hidden, absent] = await Promise.all([ask_all(reader, told), ask_all(reader, { story: nowhere, photo: nowhere })]);
  hidden.forEach((answer, place) => {
    assert.equal(answer.status, status, ways[place]!.about);
    same(answer, absent[place]!, ways[place]!.about);
  });
}

async function until(holds: () => Promise<boolean>, within: number, about: string): Promise<number> {
  const begun = performance.now();
  while (!(await holds())) assert.ok(performance.now() - begun < within, `${about}: not within ${within} ms`);
  return performance.now() - begun;
}

const shown = (numbers: number[]) => {
  const sorted = [...numbers].sort((one, other) => one - other);
  return `median ${sorted[Math.floor(sorted.length / 2)]!.toFixed(1)} ms, maximum ${sorted.at(-1)!.toFixed(1)} ms`;
};

describe("two servers on one PostgreSQL", { skip: !cluster && "skipped: no PostgreSQL" }, () => {
  let database: FreshDatabase, passage: Passage, here: Keepsake, there: Keepsake;
  let author: Api, reader: Api, blocked: Api;
  const photos = new Map<string, string>();
  const waits: number[] = [];

  before(async () => {
    database = await fresh_database(cluster!);
    passage = await Passage.to(database.address);
    here = await Keepsake.start(["--database", database.address]);
    there = await Keepsake.beside(here, ["--database", passage.address(database.address)]);
    author = person(here, "mara");
    reader = person(here, "tane").at(there.address);
    blocked = person(here, "bo").at(there.address);
  });
  after(async () => {
    await there?.end();
    await here?.end();
    await passage?.end();
    await database?.drop();
  });

  async function tell(about: string, audience: string[]): Promise<Told> {
    let photo = photos.get(about);
    if (!photo) photos.set(about, (photo = (await done(author.upload(picture(10 + photos.size), "image/png"))).id as string));
    const { id } = await done(author.post("/stories", {
      title: "The week in March", body: `![](photo:${photo})`, photos: [{ id: photo, alt: about }], audience, state: "published",
    }));
    return { story: id, photo };
  }

  const open = async (who: Api, told: Told) => (await ask_all(who, told)).every(({ status }) => status === 200);
  const shut = async (who: Api, told: Told) => (await ask_all(who, told)).every(({ status }) => status === 404);

  /** How long from now until there is nothing. A request that begins a second from now finds nothing already. */
  async function until_gone(who: Api, told: Told): Promise<number> {
    const from = performance.now();
    for (let begun = from; !(await shut(who, told)); begun = performance.now()) {
      assert.ok(begun - from < 1000, `still served to a request that began ${begun - from} ms after it was taken back`);
    }
    return performance.now() - from;
  }

  /** Told here and read there twice, then taken back here: how long until it is gone there. */
  async function take_back(who: Api, told: Told, act: () => Promise<Answer>): Promise<void> {
    await until(() => open(who, told), 3000, "told here, read there");
    assert.ok(await open(who, told));
    await done(act());
    waits.push(await until_gone(who, told));
    await same_as_absent(who, told, 404);
  }

  const kinds: Record<string, () => Promise<void>> = {
    "out of the circle": async () => {
      const circle = (await done(author.post("/circles", { name: "Us", people: ["tane"] }))).id;
      const told = await tell("circle", [`circle:${circle}`]);
      await take_back(reader, told, () => author.ask("DELETE", `/circles/${circle}/people/tane`));
    },
    "the link ended": async () => {
      const told = await tell("link", []);
      const link = await done(author.post(`/stories/${told.story}/links`, { name: "Grandma" }));
      const guest = new Api(here.address);
      await done(guest.post(new URL(link.url).pathname));
      await take_back(guest.at(there.address), told, () => author.ask("DELETE", `/links/${link.id}`));
    },
    "blocked": async () => {
      const told = await tell("block", ["person:bo"]);
      await take_back(blocked, told, () => author.ask("PUT", "/blocks/bo"));
      await done(author.ask("DELETE", "/blocks/bo"));
    },
    "withdrawn": async () => {
      const told = await tell("withdrawn", ["public"]);
      await take_back(new Api(there.address), told, () => author.ask("PATCH", `/stories/${told.story}`, { state: "withdrawn" }));
    },
    "the audience narrowed": async () => {
      const told = await tell("narrowed", ["public"]);
      await take_back(new Api(there.address), told, () => author.ask("PATCH", `/stories/${told.story}`, { audience: ["person:bo"] }));
    },
  };

  test("what is taken back at one is gone at the other", async (context) => {
    const all = Object.values(kinds);
    for (let trial = 0; trial < trials; trial++) await all[trial % all.length]!();
    context.diagnostic(`${waits.length} trials, from the acknowledgement here to the refusal there: ${shown(waits)}`);
  });

  test("a session ended at one is refused at the other", async () => {
    const browser = new Api(here.address);
    await done(browser.post("/sign-in", { name: "tane", password }));
    const elsewhere = browser.at(there.address);
    for (let again = 0; again < 2; again++) assert.equal((await elsewhere.get("/account")).status, 200);
    await done(browser.post("/sign-out"));
    await until(async () => (await elsewhere.get("/account")).status === 401, 1000, "signed out here, refused there");
  });

  for (const how of ["silent", "reset"] as const) {
    test(`cut off (${how}), a server serves nothing from memory, and comes back by itself`, async (context) => {
      const nobody = new Api(there.address);
      const [stays, goes] = [await tell(`stays, ${how}`, ["public"]), await tell(`goes, ${how}`, ["public"])];
      const hidden = await tell(`hidden, ${how}`, ["person:bo"]);
      for (const told of [stays, goes]) await until(() => open(nobody, told), 3000, "told here, read there");
      const kept_there = (await done(author.at(there.address).post("/stories", { title: "Written there", body: "It stays." }))).id;
      assert.ok(await open(nobody, stays));

      passage.cut(how);
      const cut = performance.now();
      // A request that begins a second after the cut finds nothing kept.
      let last_served = 0;
      for (let begun = cut; (await nobody.get(`/stories/${stays.story}`)).status === 200; begun = performance.now()) last_served = begun - cut;
      assert.ok(last_served < 1000, `served from memory ${last_served} ms after the cut`);
      await done(author.ask("PATCH", `/stories/${goes.story}`, { state: "withdrawn" }));
      const kept_here = (await done(author.post("/stories", { title: "Written meanwhile", body: "It stays too." }))).id;

      const begun = performance.now();
      for (const told of [stays, goes, hidden]) await same_as_absent(nobody, told, 503);
      refused(await nobody.get(`/stories/${stays.story}`), 503, "the story as JSON");
      refused_page(await nobody.get(`/stories/${stays.story}`, { accept: "text/html" }), 503, "the story's page");
      refused(await reader.get("/"), 503, "somebody's own page");
      refused(await author.at(there.address).post("/stories", { title: "Not kept", body: "" }), 503, "a write");
      assert.equal((await nobody.get("/health")).status, 503);
      const longest = performance.now() - begun;
      assert.ok(longest < longest_answer, `refusals took ${longest} ms`);

      await pause(2000);
      passage.heal();
      const back = await until(async () => (await open(nobody, stays)) && (await shut(nobody, goes)), 15_000, "comes back");
      for (const told of [goes, hidden]) await same_as_absent(nobody, told, 404);
      for (const api of [author, author.at(there.address)]) {
        for (const id of [kept_there, kept_here]) assert.equal((await api.get(`/stories/${id}`)).status, 200);
      }
      context.diagnostic(`${how}: last served ${last_served.toFixed(0)} ms after the cut, back ${back.toFixed(0)} ms after it healed`);
    });
  }
});
