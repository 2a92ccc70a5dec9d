// An author says where readers find help: what is taken, what is only suggested, and who sees any of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api } from "./support/api.ts";
import { fresh_database, type FreshDatabase } from "./support/database.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";

const html = { accept: "text/html" };

for (const engine of ["SQLite", "PostgreSQL"]) {
  const cluster = process.env.KEEPSAKE_TEST_POSTGRES;
  const skip = engine !== "SQLite" && !cluster && "skipped: no PostgreSQL";
  describe(`where to get help, as an author says it, on ${engine}`, { skip }, () => {
    let keepsake: Keepsake, database: FreshDatabase | undefined, mara: Api, tane: Api;

    before(async () => {
      if (engine !== "SQLite") database = await fresh_database(cluster!);
      keepsake = await Keepsake.start(database ? ["--database", database.address] : []);
      mara = person(keepsake, "mara", ["--host"]);
      tane = person(keepsake, "tane");
    });
    after(async () => {
      await keepsake?.end();
      await database?.drop();
    });

    const told = async (fields: object) => (await mara.post("/stories", { audience: ["public"], state: "published", ...fields })).body.id as string;
    const story = async (id: string, as: Api = mara) => (await as.get(`/stories/${id}`)).body;

    test("topics and the gate's box are kept, stay when they are not named, and are taken back", async () => {
      const id = await told({ title: "One", topics: ["bereavement", "parents"], help_at_gate: true });
      assert.deepEqual([(await story(id)).topics, (await story(id)).help_at_gate], [["bereavement", "parents"], true]);
      await mara.ask("PATCH", `/stories/${id}`, { title: "Two" });
      assert.deepEqual([(await story(id)).topics, (await story(id)).help_at_gate], [["bereavement", "parents"], true]);
      await mara.ask("PATCH", `/stories/${id}`, { topics: [], help_at_gate: false });
      assert.deepEqual([(await story(id)).topics, (await story(id)).help_at_gate], [[], false]);
      const refused = await mara.ask("PATCH", `/stories/${id}`, { topics: ["illness", "cheerful"] });
      assert.deepEqual([refused.status, refused.body.field], [422, "topics.1"]);
      assert.equal((await mara.ask("PATCH", `/stories/${id}`, { help_at_gate: "perhaps" })).status, 422);
      assert.deepEqual((await story(id)).topics, []);
    });

    test("what is typed apart from a published story keeps them apart too", async () => {
      const id = await told({ title: "Apart", topics: ["illness"] });
      assert.equal((await mara.ask("PUT", `/stories/${id}/working-copy`, { title: "Apart", topics: ["anxiety"], help_at_gate: true })).status, 200);
      assert.deepEqual((await story(id, tane)).topics, ["illness"]);
      const { form } = (await mara.get(`/stories/${id}/working-copy`)).body;
      assert.deepEqual([form.topics, form.help_at_gate], [["anxiety"], true]);
      assert.equal((await mara.post(`/stories/${id}/publish`, {})).status, 200);
      assert.deepEqual([(await story(id, tane)).topics, (await story(id, tane)).help_at_gate], [["anxiety"], true]);
    });

    test("a gate without the box says nothing of the topics, in any representation", async () => {
      const id = await told({ title: "Gated", topics: ["young-people"], notes: ["hospital"] });
      for (const as of [tane, new Api(keepsake.address)]) {
        assert.deepEqual(Object.keys(await story(id, as)).sort(), ["note", "notes", "state"]);
        const page = (await as.get(`/stories/${id}`, html)).bytes.toString();
        for (const word of ["young-people", "young_people", "Young people"]) assert.ok(!page.includes(word), word);
      }
    });

    test("publishing suggests what the words speak of, and takes it only where it is asked to", async () => {
      const body = "After the second miscarriage my father died, and the depression came.";
      const { id } = (await mara.post("/stories", { title: "That year", body, topics: ["bereavement"], audience: ["public"] })).body;
      const { advice } = (await mara.get(`/stories/${id}/publish`)).body;
      assert.deepEqual(advice, { suggested: ["pregnancy-loss", "depression"], passages: [] });
      assert.deepEqual((await story(id)).topics, ["bereavement"]);
      assert.equal((await mara.post(`/stories/${id}/publish`, { topics: ["cheerful"] })).status, 422);
      assert.equal((await story(id)).state, "draft");
      assert.equal((await mara.post(`/stories/${id}/publish`, { topics: ["pregnancy-loss"] })).status, 200);
      assert.deepEqual((await story(id, tane)).topics, ["bereavement", "pregnancy-loss"]);
      assert.deepEqual((await mara.get(`/stories/${id}/publish`)).body.advice.suggested, ["depression"]);
    });

    test("the story's language says which words are looked for", async () => {
      const suggested = async (lang: string, body: string) => {
        const { id } = (await mara.post("/stories", { lang, body })).body;
        return (await mara.get(`/stories/${id}/publish`)).body.advice.suggested;
      };
      assert.deepEqual(await suggested("de-AT", "Nach der Fehlgeburt"), ["pregnancy-loss"]);
      assert.deepEqual(await suggested("es", "Perdimos a nuestro bebé"), ["pregnancy-loss"]);
      assert.deepEqual(await suggested("fr", "Trois fausses couches"), ["pregnancy-loss"]);
      assert.deepEqual(await suggested("ar", "فقدنا طفلنا"), ["pregnancy-loss"]);
      assert.deepEqual(await suggested("mi", "miscarriage"), []);
      assert.deepEqual(await suggested("en", "We lost our baby's shoe, and I lost my keys."), []);
    });

    test("passages about suicide are quoted to the author, and publishing goes on as it is", async () => {
      const body = "We had a good spring.\n\nThey say he committed suicide. It was at the bridge.";
      const { id } = (await mara.post("/stories", { title: "My brother", body, audience: ["public"] })).body;
      const { passages } = (await mara.get(`/stories/${id}/publish`)).body.advice;
      assert.deepEqual(passages.map((one: { kind: string }) => one.kind), ["wording", "place"]);
      assert.ok(passages[0].text.includes("committed suicide"));
      for (const path of ["edit", "publish"]) {
        const page = (await mara.get(`/stories/${id}/${path}`, html)).bytes.toString();
        for (const shown of ["Passages you may want to read once more", "committed suicide", "https://www.who.int/publications/i/item/9789240076846", "You decide."])
          assert.ok(page.includes(shown), `${path}: ${shown}`);
      }
      assert.equal((await mara.post(`/stories/${id}/publish`, {})).status, 200);
      assert.equal((await story(id, tane)).body, body);
      assert.deepEqual((await mara.get(`/stories/${await told({ body: "Two pills, and an overdose on the ward." })}/publish`)).body.advice.passages, []);
    });

    test("no reader meets a suggestion or a passage", async () => {
      const id = await told({ title: "Read by all", body: "My father died. They say he committed suicide." });
      for (const as of [tane, new Api(keepsake.address)]) {
        for (const headers of [html, {}]) {
          const { bytes } = await as.get(`/stories/${id}`, headers);
          for (const word of ["From what you wrote", "read once more", "suggested", "passages", "who.int"]) assert.ok(!bytes.includes(word), word);
        }
        for (const path of ["edit", "publish"]) assert.ok([401, 404].includes((await as.get(`/stories/${id}/${path}`)).status));
      }
      assert.ok(!keepsake.printed.includes("committed"));
    });
  });
}
