// What a browser may send that cannot be taken: the form comes back with what was typed and a sentence. And markup
// that somebody types is shown as they typed it, never run.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Api, type Answer } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { refused_page } from "./support/refusals.ts";

type Part = [name: string, value: string | Buffer, filename?: string];

const html = { accept: "text/html" };

function multipart(parts: Part[]): { body: Buffer; type: string } {
  const boundary = "----between-the-parts";
  const pieces = parts.flatMap(([name, value, filename]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from("\r\n"),
  ]);
  return { body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]), type: `multipart/form-data; boundary=${boundary}` };
}

describe("forms that cannot be taken", () => {
  let keepsake: Keepsake, writer: Api, author: Api;

  before(async () => {
    keepsake = await Keepsake.start(["--most-photo-bytes", "64 KiB"]);
    author = person(keepsake, "mara");
    writer = new Api(keepsake.address);
    assert.equal((await writer.post("/sign-in", { name: "mara", password })).status, 201);
  });
  after(async () => keepsake?.end());

  const send = (path: string, form: string): Promise<Answer> =>
    writer.ask("POST", path, Buffer.from(form), { ...html, "content-type": "application/x-www-form-urlencoded" });
  const send_parts = (path: string, parts: Part[]): Promise<Answer> => {
    const { body, type } = multipart(parts);
    return writer.ask("POST", path, body, { ...html, "content-type": type });
  };
  const page = async (path: string) => (await writer.get(path, html)).bytes.toString();

  const typed: Part[] = [["title", "The week in March"], ["body", "We had eleven days."], ["note", "Please be gentle."], ["notes", "hospital"], ["named", "someone"]];
  const holds = (shown: string, words: string[], about: string) => words.forEach((word) => assert.ok(shown.includes(word), `${about}: ${word} is lost`));
  const all_typed = ["The week in March", "We had eleven days.", "Please be gentle.", "hospital", "someone"];

  test("a story comes back with what was typed", async () => {
    const misfits: [string, Part[], number[], string[]][] = [
      ["a person who is nobody", typed, [422], all_typed],
      ["a title of a megabyte", [["title", "a".repeat(1 << 20)], ...typed.slice(1)], [422], all_typed.slice(1)],
      ["a control character out of another program", [["title", "The week\x0b in March"], ...typed.slice(1)], [422], ["The week in March", ...all_typed.slice(1)]],
      ["NUL in the words", [...typed.slice(0, 1), ["body", "We had\0 eleven days."], ...typed.slice(2)], [422], all_typed],
      ["broken UTF-8", [["title", Buffer.from("The week in March\xff", "latin1")], ...typed.slice(1)], [422], all_typed],
      ["a title twice", [...typed, ["title", "Again"]], [400], all_typed],
      ["a field that is not known", [...typed, ["colour", "blue"]], [422], all_typed],
      ["a file that is no photo", [...typed, ["files", "Dear all", "dear.jpg"]], [415, 422], all_typed],
      ["a photo that is empty", [...typed, ["files", "", "empty.jpg"]], [422], all_typed],
      ["a photo over the limit", [...typed, ["files", Buffer.alloc(70_000), "large.jpg"]], [413], all_typed],
      ["a damaged photo, which is kept apart", [...typed, ["files", picture(5).subarray(0, 60), "cut.png"]], [422], all_typed],
      ["a language", [...typed, ["lang", "no language"]], [422], all_typed],
      ["a caption without end", [...typed, ["photos.0.id", "a".repeat(26)], ["photos.0.caption", "b".repeat(3000)]], [422], [...all_typed, "b".repeat(3000)]],
    ];
    for (const [about, parts, statuses, kept] of misfits) {
      const shown = refused_page(await send_parts("/stories", parts), statuses, about);
      assert.match(shown, /role="alert"/, about);
      holds(shown, kept, about);
    }
    const shown = refused_page(await send("/stories", "title=a%0bb&body=Still+here."), 422, "another kind of form");
    holds(shown, ["Still here."], "another kind of form");
    assert.deepEqual((await author.get("/")).body.mine, []);
  });

  test("a photo that fits stays with the form that does not", async () => {
    const shown = refused_page(await send_parts("/stories", [...typed, ["files", picture(6), "good.png"], ["files", "Dear all", "bad.jpg"]]), [415, 422], "two files");
    holds(shown, all_typed, "two files");
    const { photos } = (await author.get("/photos")).body;
    const shown_ones = photos.filter((photo: any) => photo.shown);
    assert.equal(shown_ones.length, 1);
    assert.ok(shown.includes(shown_ones[0].id), "the good photo is in the form");
  });

  test("an edit comes back with what was typed, and the story stays", async () => {
    const { id } = (await author.post("/stories", { title: "Kept", body: "As it was." })).body;
    for (const parts of [typed, [...typed.slice(0, 4), ["body", "twice"]] as Part[], [["title", "a\nb"], ...typed.slice(1, 4)] as Part[]]) {
      holds(refused_page(await send_parts(`/stories/${id}/edit`, parts), [400, 422], "an edit"), all_typed.slice(1, 4), "an edit");
    }
    assert.equal((await author.get(`/stories/${id}`)).body.body, "As it was.");
  });

  test("two edits at once: the second sees both, and can go on", async () => {
    const { id } = (await author.post("/stories", { title: "As it began" })).body;
    const version = /name="version" value="(\d+)"/;
    const opened = (await page(`/stories/${id}/edit`)).match(version)![1]!;
    assert.equal((await send_parts(`/stories/${id}/edit`, [["version", opened], ["title", "Theirs"], ["body", "Their words."]])).status, 303);
    const mine: Part[] = [["title", "Mine"], ["body", "My words."]];
    const shown = refused_page(await send_parts(`/stories/${id}/edit`, [["version", opened], ...mine]), 409, "the second edit");
    holds(shown, ["Theirs", "Their words.", 'value="Mine"', "My words."], "the second edit");
    assert.equal((await author.get(`/stories/${id}`)).body.title, "Theirs");
    assert.equal((await send_parts(`/stories/${id}/edit`, [["version", shown.match(version)![1]!], ...mine])).status, 303);
    assert.equal((await author.get(`/stories/${id}`)).body.title, "Mine");
  });

  test("a gate that changed while it was read is shown again", async () => {
    const { id } = (await author.post("/stories", { title: "Behind it", body: "The words.", notes: ["hospital"], audience: ["public"], state: "published" })).body;
    const reader = new Api(keepsake.address);
    const gate = (await reader.get(`/stories/${id}`, html)).bytes.toString();
    const shown = gate.match(/name="gate" value="(\d+)"/)![1]!;
    await author.ask("PATCH", `/stories/${id}`, { notes: ["hospital", "a funeral"] });
    const pass = (version: string) => reader.ask("POST", `/stories/${id}/gate`, Buffer.from(`accept=all&gate=${version}`), { ...html, "content-type": "application/x-www-form-urlencoded" });
    const again = refused_page(await pass(shown), 409, "the gate as it was");
    holds(again, ["a funeral", "Please read it again."], "the gate as it is now");
    assert.ok(!again.includes("The words."));
    assert.equal((await pass(again.match(/name="gate" value="(\d+)"/)![1]!)).status, 303);
    assert.match((await reader.get(`/stories/${id}`, html)).bytes.toString(), /The words\./);
  });

  test("smaller forms come back too", async () => {
    const { id } = (await author.post("/stories", { title: "With a link" })).body;
    const link = refused_page(await send(`/stories/${id}/links`, "name=Grandma&expires=1970-01-01&passphrase=three+quiet+words"), 422, "a link");
    holds(link, ["Grandma", "1970-01-01", "three quiet words"], "a link");
    const circle = refused_page(await send("/circles", "name=Us&people=nobody+nowhere"), 422, "a circle");
    holds(circle, ['value="Us"', "nobody nowhere"], "a circle");
    const into = (await author.post("/circles", { name: "Family" })).body.id;
    const joining = refused_page(await send(`/circles/${into}/people`, "name=nobody-at-all"), 422, "a person for a circle");
    holds(joining, ['value="nobody-at-all"'], "a person for a circle");
    const long = "a name ".repeat(60);
    holds(refused_page(await send("/account/profile", `display_name=${long}`), 422, "a display name"), [`value="${long}`.trimEnd()], "a display name");
    const sign_in = refused_page(await send("/sign-in", "name=mara&password=not+this+one&then=/trash"), [401, 422], "signing in");
    holds(sign_in, ['value="mara"', "/trash"], "signing in");
    assert.ok(!sign_in.includes("not this one"), "a password is not shown again");
  });

  test("markup that was typed is never run", async () => {
    const payloads = [
      "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "<svg/onload=alert(1)>", "</textarea><script>alert(1)</script>",
      "</title><script>alert(1)</script>", "javascript:alert(1)", "<a href=\"javascript:alert(1)\">x</a>", "{{TITLE}}<%= 1 %>${1}", "&lt;script&gt;alert(1)", "<!--<script>",
    ];
    const photo = (await author.upload(picture(40), "image/png")).body.id;
    const pages = ["/", "/trash", "/circles", "/account", "/account/tokens", "/@mara", "/stories/new", "/photos", "/invitations"];
    for (const payload of payloads) {
      const body = [
        payload, `[x](javascript:alert(1))`, `[x](JaVaScRiPt&colon;alert(1))`, `[x](data:text/html,<script>alert(1)</script>)`, `![${payload}](photo:${photo})`, `![x](javascript:alert(1))`,
        `<script>alert(1)</script>`, "```" + payload + "\n" + payload + "\n```", `<https://a.example/"onmouseover="alert(1)>`, `| ${payload} |\n|-|\n| ${payload} |`, `# ${payload}`,
      ].join("\n\n");
      for (const gated of [false, true]) {
        const made = await author.post("/stories", {
          title: payload, body, note: gated ? payload : "", notes: gated ? [payload] : [], photos: [{ id: photo, alt: payload, caption: payload, credit: payload }], audience: ["public"], state: "published",
        });
        assert.equal(made.status, 201, made.bytes.toString());
        const link = await author.post(`/stories/${made.body.id}/links`, { name: payload });
        assert.equal(link.status, 201, link.bytes.toString());
        for (const path of ["", "/edit", "/links"]) pages.push(`/stories/${made.body.id}${path}`);
        pages.push(new URL(link.body.url).pathname, `gate of /stories/${made.body.id}`);
      }
      assert.equal((await author.post("/circles", { name: payload })).status, 201);
      assert.equal((await author.post("/account/tokens", { label: payload })).status, 201);
      assert.equal((await author.post("/account/profile", { display_name: payload })).status, 204);
      never_runs(refused_page(await send("/circles", `name=${encodeURIComponent(payload)}&people=nobody`), 422, payload), payload);
      never_runs(refused_page(await send_parts("/stories", [["title", payload], ["body", payload], ["note", payload], ["notes", payload], ["named", payload]]), 422, payload), payload);
      never_runs((await writer.get(`/sign-in?then=${encodeURIComponent(payload)}`, html)).bytes.toString(), payload);
      never_runs((await new Api(keepsake.address).get(`/stories/${encodeURIComponent(payload)}`, html)).bytes.toString(), payload);
    }
    const reader = new Api(keepsake.address);
    for (const path of pages) {
      const shown = path.startsWith("gate of ") ? await reader.get(path.slice(8), html) : await writer.get(path, html);
      assert.equal(shown.status, 200, path);
      assert.match(shown.headers.get("content-security-policy")!, /default-src 'none'/);
      never_runs(shown.bytes.toString(), path);
    }
  });

  /** No element, attribute or link of the page runs anything; what stands in quotes is text. */
  function never_runs(shown: string, about: string): void {
    for (const [tag] of shown.matchAll(/<[a-z!/][^>]*>/gi)) {
      const bare = tag.replace(/"[^"]*"/g, '""');
      if (/^<script type="module" src="\/assets\/(writing|photos|leave)\.js\?v=[0-9a-f]{16}">$/.test(tag)) continue; // ours
      if (/^<svg (aria-hidden="true"|preserveAspectRatio="none") viewBox="0 0 \d+ \d+">$/.test(tag)) continue; // a placeholder
      assert.ok(!/^<(script|svg|iframe|object|embed|base|style)\b/i.test(tag), `${about}: ${tag}`);
      assert.ok(!/[\s/'"]on\w+\s*=/i.test(bare), `${about}: ${tag}`);
      assert.ok(!/(href|src|action)="\s*(javascript|data|vbscript):/i.test(tag), `${about}: ${tag}`);
      assert.ok(!/^<img(?! src="\/photos\/)/i.test(tag), `${about}: ${tag}`);
    }
  }
});
