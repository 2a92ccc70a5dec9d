// The world of the leak matrix: one author's stories, and everybody who may ask for them.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

import { Api } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { password, person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";
import { type Asking, type Ruled, type State } from "./leak_matrix_rule.ts";

/** Words that stand nowhere else, so that one found in an answer has leaked. */
export interface Words {
  title: string;
  body: string;
  caption: string;
  alt: string;
  credit: string;
  topic_note: string;
  author_note: string;
  link_name: string;
  typed: string;  // into the form, and not saved
}

export interface Told extends Ruled {
  about: string;
  id: string;
  photo: string;
  words: Words;
  link: { id: string; secret: string; key: string };  // a guest link of this story that works while the story is published
}

export interface Asker extends Asking {
  about: string;
  signed_in: boolean;
  name?: string;
  headers: Record<string, string>;
}

export interface World {
  author: Api;
  stories: Told[];
  askers: Asker[];
  circle: { id: string; name: string };
  invitation: string;
  session: string;
  token: string;
  upload: string;  // of a photo that has not arrived yet
  display_name: string;
  suspended_name: string;  // the display name of who is suspended
  album: { id: string; name: string; photo: string };
  sealed_album: { id: string; name: string; photo: string };
  guarded_drop: { id: string; name: string; secret: string };  // a drop link with a passphrase that nobody knows
  ended_drop: { id: string; name: string; secret: string };
  guarded: { name: string; secret: string };  // a guest link with a passphrase that nobody knows
}

const word = () => "zq" + randomBytes(8).toString("hex");
const secret_of = (link: { url: string }) => new URL(link.url).pathname.split("/").pop()!;

async function made(answer: Promise<{ status: number; body: any; bytes: Buffer }>): Promise<any> {
  const { status, body, bytes } = await answer;
  assert.ok(status < 300, bytes.toString());
  return body;
}

interface Plan {
  about: string;
  audience: string[];
  gate: boolean;
  state: State;
}

/** What each story is in the end; to begin with, all but the draft are published. */
const plans = (circle: string): Plan[] => [
  { about: "to a circle, with notes", audience: [`circle:${circle}`], gate: true, state: "published" },
  { about: "public", audience: ["public"], gate: false, state: "published" },
  { about: "public, with notes", audience: ["public"], gate: true, state: "published" },
  { about: "a draft", audience: ["public", `circle:${circle}`], gate: false, state: "draft" },
  { about: "to one person", audience: ["person:nia"], gate: false, state: "published" },
  { about: "behind a link, with notes", audience: [], gate: true, state: "published" },
  { about: "in the trash", audience: ["public", `circle:${circle}`], gate: false, state: "trashed" },
  { about: "withdrawn", audience: ["public", `circle:${circle}`], gate: true, state: "withdrawn" },
];

async function tell(author: Api, plan: Plan, place: number): Promise<Told> {
  const words: Words = {
    title: word(), body: word(), caption: word(), alt: word(), credit: word(), topic_note: word(), author_note: word(), link_name: word(), typed: word(),
  };
  const photo = (await made(author.upload(picture(20 + place * 10), "image/png"))).id;
  const { id } = await made(author.post("/stories", {
    title: words.title,
    // Its author is told what of this may help readers, and what may not: nobody else is.
    body: `${words.body}\n\n![](photo:${photo})\n\nAfter it. They say that her father committed suicide.`,
    photos: [{ id: photo, caption: words.caption, alt: words.alt, credit: words.credit }],
    notes: plan.gate ? [words.topic_note] : [],
    note: plan.gate ? words.author_note : "",
    audience: plan.audience,
    state: plan.state === "draft" ? "draft" : "published",
  }));
  const link = await made(author.post(`/stories/${id}/links`, { name: words.link_name }));
  const key = `link:${link.id}`;
  // A draft takes it up at once; what is published stands as it was.
  if (plan.state !== "draft") await made(author.ask("PUT", `/stories/${id}/working-copy`, { title: words.title, body: words.typed, audience: ["public"] }));
  return {
    ...plan, id, photo, words, link: { id: link.id, secret: secret_of(link), key },
    grants: [...plan.audience, key].map((granted) => ({ key: granted })),
  };
}

/** Whoever reaches a gate now goes through it as far as they ever will. */
async function accept(api: Api, how: Asking["accepted"], stories: Told[]): Promise<void> {
  if (how === "nothing") return;
  for (const story of stories) await api.post(`/stories/${story.id}/gate`, { accept: how });
}

/** What everybody reads before some of it is taken back must not be answered from what was kept of it. */
async function read_everything(joined: [Asker, Api][], stories: Told[]): Promise<void> {
  for (const [, api] of joined) {
    for (const { id, photo } of stories) {
      for (const accept of ["application/json", "text/html", "image/webp, text/html"]) {
        await api.get(`/stories/${id}`, { accept });
        await api.get(`/stories/${id}/photos/1`, { accept });
        await api.get(`/photos/${photo}/320`, { accept });
      }
    }
  }
}

/** An album with one photo, sealed or not. */
async function keep_together(author: Api, place: number, sealed: boolean): Promise<World["album"]> {
  const name = word();
  const { id } = await made(author.post("/albums", { name, sealed }));
  const file = picture(place, 25);
  const { photos } = await made(author.ask("POST", `/albums/${id}/photos`, file, { "content-type": "image/png" }));
  return { id, name, photo: photos[0] };
}

async function let_drop(author: Api, album: string, more: object): Promise<World["ended_drop"]> {
  const name = word();
  const link = await made(author.post(`/albums/${album}/drops`, { name, ...more }));
  return { id: link.id, name, secret: secret_of(link) };
}

export async function make_world(keepsake: Keepsake): Promise<World> {
  const display_name = word();
  const author = person(keepsake, "mara");
  await made(author.post("/account/profile", { display_name }));
  const api: Record<string, Api> = { mara: author };
  for (const name of ["hana", "olaf", "orla", "odin", "tane", "tari", "tedi", "wren", "rua", "bo", "nia", "ari"]) {
    api[name] = person(keepsake, name, name === "hana" ? ["--host"] : []);
  }
  const circle_name = word();
  const circle = (await made(author.post("/circles", { name: circle_name, people: ["tane", "tari", "tedi", "rua", "bo", "ari"] }))).id;
  await made(author.post("/circles", { name: "Another", people: ["wren"] }));

  const stories: Told[] = [];
  for (const [place, plan] of plans(circle).entries()) stories.push(await tell(author, plan, place));
  const [to_circle, open, , , to_one, by_link, trashed, withdrawn] = stories as [Told, Told, Told, Told, Told, Told, Told, Told];
  const suspended_name = word();
  api.sami = person(keepsake, "sami");
  await made(api.sami.post("/account/profile", { display_name: suspended_name }));
  const by_suspended = await tell(api.sami, { about: "public, by who is suspended", audience: ["public", "person:nia"], gate: false, state: "published" }, stories.length);
  stories.push(by_suspended);
  // A person who is blocked had every right before.
  await made(author.ask("PATCH", `/stories/${to_one.id}`, { audience: ["person:nia", "person:bo", to_one.link.key] }));
  to_one.grants.push({ key: "person:bo" });

  const askers: Asker[] = [];
  const joined: [Asker, Api][] = [];
  const add = async (about: string, by: Api, asking: Omit<Asking, "accepted"> & { accepted?: Asking["accepted"] }, name?: string) => {
    const asker: Asker = { accepted: "nothing", ...asking, about, headers: {}, signed_in: name !== undefined, ...(name ? { name } : {}) };
    await accept(by, asker.accepted, stories);
    askers.push(asker);
    joined.push([asker, by]);
  };
  const member = (about: string, name: string, keys: string[] = [], more: Partial<Asking> = {}) =>
    add(about, api[name]!, { keys: ["public", `person:${name}`, ...keys], ...more }, name);
  const guest = async (about: string, links: string[], keys: string[], accepted: Asking["accepted"] = "nothing") => {
    const reader = new Api(keepsake.address);
    for (const secret of links) await made(reader.post(`/guest/${secret}`));
    await add(about, reader, { keys: ["public", ...keys], accepted });
  };
  const another_link = async (more: object) => {
    const link = await made(author.post(`/stories/${by_link.id}/links`, { name: "for a while", ...more }));
    return { id: link.id as string, secret: secret_of(link), key: `link:${link.id}` };
  };
  const past = await another_link({ past_gate: true });
  const revoked = await another_link({});
  const guarded_name = word();
  const guarded = await another_link({ name: guarded_name, passphrase: "three quiet words" });
  const expires = Date.now() + 6000;
  const expired = await another_link({ expires: new Date(expires).toISOString().replace(/\.\d+Z/, "Z") });
  await guest("a guest of a link that has expired", [expired.secret], [], "all");
  by_link.grants.push({ key: past.key, past_gate: true });

  const ours = [`circle:${circle}`];
  await member("the author", "mara", [], { author: true });
  await guest("anonymous", [], []);
  await guest("anonymous, with the descriptions only", [], [], "descriptions");
  await guest("anonymous, the gate accepted", [], [], "all");
  await member("a host", "hana");
  await member("another member", "olaf");
  await member("another member, with the descriptions only", "orla", [], { accepted: "descriptions" });
  await member("another member, the gate accepted", "odin", [], { accepted: "all" });
  await member("in the circle", "tane", ours);
  await member("in the circle, with the descriptions only", "tedi", ours, { accepted: "descriptions" });
  await member("in the circle, the gate accepted", "tari", ours, { accepted: "all" });
  api.ari = new Api(keepsake.address);
  await made(api.ari.post("/sign-in", { name: "ari", password }));
  await member("in the circle, in a browser", "ari", ours, { accepted: "descriptions" });
  await member("in the wrong circle", "wren", [], { accepted: "all" });
  await member("no longer in the circle", "rua", [], { accepted: "all" });
  await member("blocked", "bo", ours, { accepted: "all", blocked: true });
  await member("the person named", "nia");
  await guest("a guest who has not opened the link", [], []);
  await guest("a guest", [by_link.link.secret], [by_link.link.key]);
  await guest("a guest, with the descriptions only", [by_link.link.secret], [by_link.link.key], "descriptions");
  await guest("a guest, the gate accepted", [by_link.link.secret], [by_link.link.key], "all");
  await guest("a guest let past the gate", [past.secret], [past.key]);
  await guest("a guest of another story", [open.link.secret], [open.link.key], "all");
  await guest("a guest of what is no longer told", [trashed.link.secret, withdrawn.link.secret], [trashed.link.key, withdrawn.link.key], "all");
  await guest("a guest of a link taken back", [revoked.secret], [], "all");

  await guest("a guest of who is suspended", [by_suspended.link.secret], [by_suspended.link.key], "all");
  const shut_out = new Api(keepsake.address);
  await made(shut_out.post("/sign-in", { name: "sami", password }));
  await add("who is suspended, in a browser", shut_out, { keys: ["public"] });

  await read_everything(joined, stories);
  await made(api.hana!.post("/host/people/sami/suspend", {}));
  by_suspended.suspended = true;
  await made(author.ask("DELETE", `/circles/${circle}/people/rua`));
  await made(author.ask("PUT", "/blocks/bo"));
  await made(author.ask("DELETE", `/links/${revoked.id}`));
  await made(author.ask("DELETE", `/stories/${trashed.id}`));
  await made(author.ask("PATCH", `/stories/${withdrawn.id}`, { state: "withdrawn" }));
  assert.equal((await author.get(`/stories/${to_circle.id}`)).body.title, to_circle.words.title);

  const album = await keep_together(author, 200, false);
  const sealed_album = await keep_together(author, 210, true);
  const guarded_drop = await let_drop(author, sealed_album.id, { passphrase: "three quiet words" });
  const ended_drop = await let_drop(author, sealed_album.id, {});
  await made(author.ask("DELETE", `/drops/${ended_drop.id}`));

  const invitation = (await made(author.post("/invitations", {}))).id;
  const token = (await made(author.post("/account/tokens", { label: "another" }))).id;
  const begun = await author.ask("POST", "/uploads", new Uint8Array(), { "tus-resumable": "1.0.0", "upload-length": "1000" });
  const upload = begun.headers.get("location")!.split("/").at(-1)!;
  const browser = new Api(keepsake.address);
  const session = (await made(browser.post("/sign-in", { name: "mara", password }))).session;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, expires + 1100 - Date.now())));
  for (const [asker, by] of joined) asker.headers = by.shown();
  return { author, stories, askers, circle: { id: circle, name: circle_name }, invitation, session, token, upload, album, sealed_album, guarded_drop, ended_drop, display_name, suspended_name, guarded: { name: guarded_name, secret: guarded.secret } };
}
