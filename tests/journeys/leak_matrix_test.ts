// Every route as every kind of viewer: what is hidden answers as what never was, and no word of a story stands in
// an answer whose outcome does not allow it. What is right comes from the rule alone (leak_matrix_rule.ts).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { link_leads, outcome, owns, shows_photo } from "./leak_matrix_rule.ts";
import { beside_shut, type Named, named, never_was, rows, type Row, type Way, ways } from "./leak_matrix_routes.ts";
import { type Asker, make_world, type Told, type World } from "./leak_matrix_world.ts";
import { fresh_database, type FreshDatabase } from "./support/database.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { in_batches, type RawAnswer, text_of, Wire } from "./support/wire.ts";

interface Combination {
  route: string;
  row: Row;
  asker: Asker;
  story: Told;
  way: Way;
}

const say = ({ route, asker, story, way, row }: Combination) =>
  `${route} as ${asker.about}${row.each ? `, of the story ${story.about}` : ""}, asking for ${way.about}`;

const is_unsafe = (way: Way) => way.method !== "GET" && way.method !== "HEAD";

/** Whether the rule shows the viewer anything at this address. */
function is_there({ route, row, asker, story }: Combination, world: World): boolean {
  if (row.kind === "story") return outcome(asker, story) !== "hidden";
  if (row.kind === "photo") return shows_photo(asker, story);
  // An author's own link opens to them whatever its story's state.
  if (row.kind === "arrival") return owns(asker, story) || link_leads(asker, story, story.link.key);
  if (row.kind === "drop") return !beside_shut(story);
  if (row.kind === "dropping") return false;
  if (row.kind === "person") return asker.author === true || world.stories.some((one) => outcome(asker, one) !== "hidden");
  // What is in the trash can be taken back, not edited there.
  const of_writing = route.startsWith("GET") && (row.kind === "own" && /(edit|working-copy|publish)$/.test(route));
  if (of_writing) return owns(asker, story) && story.state !== "trashed";
  if (route === "GET /albums/{id}/originals.zip" && beside_shut(story)) return false; // nothing of a sealed album
  if (row.kind === "own" || row.kind === "original") return owns(asker, story);
  return true;
}

/** The statuses that fit what the rule says; for what is not there, the answer must equal that of what never was. */
function fitting(combination: Combination, world: World): number[] {
  const { row, asker, way, route } = combination;
  if (way.method === "OPTIONS") return route.startsWith("OPTIONS") ? [204] : [405];
  if (way.about.endsWith("from another site")) return [403];
  const signed_in_only = row.kind === "own" || row.kind === "mine" || row.kind === "host";
  if (signed_in_only && !asker.signed_in) return [is_unsafe(way) || way.headers.accept === "application/json" ? 401 : 303];
  if (row.kind === "host" && asker.name !== "hana") return [403];
  if (!is_there(combination, world)) return [["arrival", "drop", "dropping"].includes(row.kind) ? 410 : 404];
  if (row.kind === "mine" && is_unsafe(way)) return [204, 200, 404, 412, 415, 422];
  if (row.kind === "anyone" || row.kind === "host") return [200, 204, 303, 304, 410, 422, 429];
  if (way.broken !== undefined) return [400, 413, 415, 422];
  if (route === "POST /stories/{id}/gate") return [422];
  if (row.kind === "drop" && is_unsafe(way)) return [422];
  if (is_unsafe(way)) return [200, 303];
  if (route === "GET /photos/originals.zip") return [200, 206, 304, 404]; // not everyone has photos
  if (row.kind === "photo" || row.kind === "original") return "if-range" in way.headers ? [200, 206] : "range" in way.headers ? [206] : way.about.includes("tag") ? [304] : [200];
  return way.about.includes("tag") ? [200, 304] : "range" in way.headers ? [200, 206] : [200];
}

/** The words of the stories, and of what stands around them, that this answer may hold. */
function allowed(combination: Combination, world: World): Set<string> {
  const { row, asker, story, route } = combination;
  const words = new Set<string>();
  const allow = (...more: string[]) => more.forEach((word) => words.add(word));
  // Not even the author meets what a sealed album holds.
  if (asker.author) return new Set(all_words({ ...world, stories: world.stories.filter((one) => !one.suspended) }).filter((one) => one !== world.sealed_album.photo));
  if (row.kind === "drop" && is_there(combination, world)) allow(world.display_name);
  // Whoever looks after the place sees who is here, and nothing of what they keep.
  if (row.kind === "host" && asker.name === "hana") allow(world.display_name, world.suspended_name);
  const { title, body, caption, alt, credit, topic_note, author_note, link_name } = story.words;
  if (row.kind === "story") {
    const is = outcome(asker, story);
    if (is !== "hidden") allow(topic_note, author_note, story.id, world.display_name);
    if (is === "descriptions" || is === "open") allow(title, body, caption, alt, credit);
    if (is === "open") allow(story.photo);
  }
  if (row.kind === "arrival" && is_there(combination, world)) {
    allow(link_name, world.display_name);
    if (route.startsWith("POST")) allow(story.id);
  }
  if (row.kind === "lists" || row.kind === "person") {
    for (const one of world.stories.filter((each) => outcome(asker, each) !== "hidden")) {
      allow(one.id, one.words.title, one.words.topic_note, world.display_name);
    }
  }
  return words;
}

/** What stands only where an author is told something about what they wrote. */
const advice = ['id="suggested"', 'id="safe-words"', '"advice"'];

function all_words(world: World): string[] {
  const { circle, display_name, suspended_name, invitation, session, token, upload, album, sealed_album, guarded_drop, ended_drop, stories } = world;
  return [
    ...advice, suspended_name, circle.id, circle.name, display_name, invitation, session, token, upload, world.guarded.name,
    ...[album, sealed_album, guarded_drop, ended_drop].flatMap((one) => Object.values(one)),
    ...stories.flatMap((story) => [story.id, story.photo, story.link.id, story.link.secret, ...Object.values(story.words)]),
  ];
}

/** What the answer to an open door must show, so that an empty page does not pass for a kept secret. */
function must_show({ route, asker, story, way }: Combination, world: World): string[] {
  const is = outcome(asker, story);
  const read = way.method === "GET" && (way.about === "HTML" || way.about === "JSON");
  if (!read) return [];
  if (route === "GET /stories/{id}") {
    if (is === "gated") return [story.words.topic_note, story.words.author_note];
    if (is === "descriptions") return [story.words.title, story.words.body, story.words.alt, story.words.caption];
    if (is === "open") return [story.words.title, story.words.body, story.words.alt, story.words.caption, story.photo];
  }
  if (route === "GET /stories/{id}/photos/{number}") {
    if (is === "gated") return [story.words.topic_note, story.words.author_note];
    if (is === "descriptions") return [story.words.alt, story.words.caption, story.words.credit];
    if (is === "open") return [story.words.alt, story.words.caption, story.words.credit, story.photo];
  }
  if (route === "GET /drop/{secret}" && !beside_shut(story)) return [world.display_name];
  const typed = owns(asker, story) && story.state !== "trashed" && story.state !== "draft";
  if (typed && /GET .*(edit|working-copy)$/.test(route)) return [story.words.typed];
  if (owns(asker, story) && story.state === "draft" && /GET .*(edit|publish)$/.test(route)) {
    return way.about === "HTML" ? ['id="safe-words"'] : route.endsWith("publish") ? ['"advice"'] : [];
  }
  if (route === "GET /" && !asker.author) {
    return world.stories.filter((one) => outcome(asker, one) !== "hidden").flatMap((one) => [one.id, one.words.title]);
  }
  return [];
}

class Matrix {
  asked = 0;
  private readonly finder: RegExp;
  private readonly absent: Named;
  private readonly absent_answers = new Map<string, Promise<RawAnswer>>();

  constructor(private readonly wire: Wire, private readonly world: World) {
    this.finder = new RegExp(all_words(world).join("|"), "g");
    this.absent = never_was(named(world, world.stories[0]!));
  }

  async check(combination: Combination): Promise<void> {
    const { row, story } = combination;
    const the = named(this.world, story);
    const answer = await this.ask(combination, row.path(the));
    const statuses = fitting(combination, this.world);
    assert.ok(statuses.includes(answer.status), `${say(combination)}: ${answer.status}, not ${statuses}\n${text_of(answer)}`);
    const text = text_of(answer);
    this.find_leaks(combination, text, row.path(the));
    for (const word of must_show(combination, this.world)) assert.ok(text.includes(word), `${say(combination)} does not show ${word}\n${text}`);
    const refused = answer.status >= 400 && answer.status !== 422 || answer.status === 303 && !is_unsafe(combination.way);
    const for_its_body = combination.way.broken !== undefined && is_there(combination, this.world);
    if ((row.each || row.kind === "person") && refused && !for_its_body) await this.compare_with_absent(combination, answer, the);
  }

  private find_leaks(combination: Combination, text: string, path: string): void {
    const may = allowed(combination, this.world);
    for (const found of new Set(text.match(this.finder) ?? [])) {
      assert.ok(may.has(found) || path.includes(found), `${say(combination)} leaks ${found}:\n${text}`);
    }
  }

  private async compare_with_absent(combination: Combination, answer: RawAnswer, the: Named): Promise<void> {
    const { route, row, asker, way } = combination;
    const key = `${route}\n${asker.about}\n${JSON.stringify(way)}`;
    let absent = this.absent_answers.get(key);
    if (!absent) this.absent_answers.set(key, (absent = this.ask(combination, row.path(this.absent))));
    const unnamed = (text: string, names: Named) => Object.values(names).reduce((left, id) => left.replaceAll(id, "IT"), text);
    assert.equal(unnamed(text_of(answer), the), unnamed(text_of(await absent), this.absent), `${say(combination)} differs from what never was`);
  }

  private ask(combination: Combination, path: string): Promise<RawAnswer> {
    this.asked++;
    const { row, asker, story, way, route } = combination;
    const headers: Record<string, string> = { ...asker.headers, ...way.headers };
    // What is there must not change: a gate that is reached is asked for something it does not know.
    const gate = route === "POST /stories/{id}/gate" && outcome(asker, story) !== "hidden";
    if (way.broken !== undefined) return this.wire.ask({ method: way.method, path, headers, body: way.broken });
    const fields = gate ? { accept: "neither" } : row.body;
    if (!fields) return this.wire.ask({ method: way.method, path, headers });
    const form = way.about === "HTML" && way.method === "POST";
    headers["content-type"] = form ? "application/x-www-form-urlencoded" : "application/json";
    const body = form ? new URLSearchParams(fields as Record<string, string>).toString() : JSON.stringify(json_of(fields));
    return this.wire.ask({ method: way.method, path, headers, body });
  }
}

const json_of = (fields: Record<string, unknown>) => ("for_good" in fields ? { for_good: true } : fields);

/** Of what an author may do to their own, and a guest with a link that works, nothing is done here. */
function changes_the_world({ row, asker, story, way, route }: Combination): boolean {
  if (!is_unsafe(way)) return false;
  if (row.kind === "own") return owns(asker, story);
  // A browser's session would end, and a guest's pass is renewed when another link joins it.
  return (route === "POST /sign-out" || route === "POST /guest/{secret}") && "cookie" in asker.headers;
}

async function tag_of(wire: Wire, world: World, row: Row, story: Told): Promise<string> {
  const author = world.askers.find((asker) => asker.author)!.headers;
  const path = row.path(named(world, story));
  for (const headers of [author, {}]) {
    const { fields } = await wire.ask({ method: "GET", path, headers: { accept: "application/json", ...headers } });
    const at = fields.findIndex((field) => field.toLowerCase() === "etag");
    if (at >= 0) return fields[at + 1]!;
  }
  return '"nothing"';
}

/** Everything the author can see of what is theirs. */
async function all_of_the_author({ author, stories }: World): Promise<unknown> {
  const paths = ["/", "/albums", "/things", "/photos", "/circles", "/links", "/trash", "/invitations", "/account", "/account/recovery-codes", "/account/tokens", "/blocks"];
  for (const story of stories.filter((one) => !one.suspended)) paths.push(`/stories/${story.id}`, `/stories/${story.id}/links`, `/stories/${story.id}/edit`);
  const html = paths.filter((path) => path.endsWith("/edit"));
  const seen: Record<string, string> = {};
  for (const path of paths) seen[path] = (await author.get(path, html.includes(path) ? { accept: "text/html" } : {})).bytes.toString();
  return seen;
}

/** Somebody who changes who sees what of their own, without end, so that nothing that is kept stays good for long. */
async function write_on(keepsake: Keepsake, ended: () => boolean): Promise<string> {
  const writer = person(keepsake, "zed");
  const { id } = (await writer.post("/stories", { title: "Another's", body: "Nobody's business.", state: "published" })).body;
  let changes = 0, busy = 0;
  while (!ended()) {
    const answer = await writer.ask("PATCH", `/stories/${id}`, { audience: changes % 2 ? [] : ["person:olaf"], state: "published" });
    // 503: it met others who raised the epoch at the same moment, and lost each time it was tried anew.
    assert.ok([200, 503].includes(answer.status), answer.bytes.toString());
    answer.status === 200 ? changes++ : busy++;
    await pause(20);
  }
  return `${changes} changes of audience at the first server meanwhile, ${busy} refused as too busy`;
}

const grounds = ["SQLite", "PostgreSQL", "a second server on PostgreSQL"] as const;
for (const engine of grounds) {
  const cluster = process.env.KEEPSAKE_TEST_POSTGRES;
  const skip = engine !== "SQLite" && !cluster && "skipped: no PostgreSQL";
  describe(`the leak matrix on ${engine}`, { skip }, () => {
    let keepsake: Keepsake, second: Keepsake | undefined, database: FreshDatabase | undefined, wire: Wire, world: World;

    before(async () => {
      if (engine !== "SQLite") database = await fresh_database(cluster!);
      const more = ["--invitations", "everyone", ...(database ? ["--database", database.address] : [])];
      keepsake = await Keepsake.start(more);
      if (engine === grounds[2]) second = await Keepsake.beside(keepsake, more);
      wire = new Wire((second ?? keepsake).port, 16);
      world = await make_world(keepsake);
      if (second) await pause(1000);  // until then it may not know of the last changes
    });
    after(async () => {
      wire?.end();
      await second?.end();
      await keepsake?.end();
      await database?.drop();
    });

    test("has every route of the running program", async () => {
      const { paths } = (await world.author.get("/api/openapi.json")).body;
      const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`));
      assert.deepEqual(routes.sort(), Object.keys(rows).sort());
    });

    test("a link with a passphrase says to nobody without it whom it is for", async () => {
      const path = `/guest/${world.guarded.secret}`;
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      for (const accept of ["text/html", "application/json"]) {
        const said = [
          await wire.ask({ method: "GET", path, headers: { accept } }),
          await wire.ask({ method: "POST", path, headers: { accept, ...headers }, body: "passphrase=not+the+right+words" }),
        ];
        for (const answer of said) assert.ok(!text_of(answer).includes(world.guarded.name), text_of(answer));
        assert.ok(text_of(said[0]!).includes(world.display_name), "who sent it is said");
      }
    });

    test("nothing leaks, and nobody changes what is not theirs", async (context) => {
      const before_all = await all_of_the_author(world);
      const matrix = new Matrix(wire, world);
      const combinations: Combination[] = [];
      for (const [route, row] of Object.entries(rows)) {
        for (const story of row.each ? world.stories : world.stories.slice(0, 1)) {
          // What is asked for there is not of this story, and so the author's.
          if (story.suspended && row.path(named(world, story)) === row.path(named(world, world.stories[0]!))) continue;
          const tag = route.startsWith("GET") ? await tag_of(wire, world, row, story) : "";
          for (const way of ways(route, tag)) for (const asker of world.askers) combinations.push({ route, row, asker, story, way });
        }
      }
      const harmless = combinations.filter((combination) => !changes_the_world(combination));
      const faults: string[] = [];
      let asked = false;
      const writes = second && write_on(keepsake, () => asked).catch((fault: Error) => void faults.push(`the writer: ${fault.message}`));
      await in_batches(harmless, 16, (one) => matrix.check(one).catch((fault: Error) => void faults.push(fault.message)));
      asked = true;
      if (writes) context.diagnostic(`${await writes}`);
      context.diagnostic(`${engine}: ${harmless.length} combinations, ${matrix.asked} requests`);
      assert.equal(faults.length, 0, `${faults.length} faults, the first of them:\n${faults.slice(0, 5).join("\n\n")}`);
      assert.deepEqual(await all_of_the_author(world), before_all);
    });
  });
}
