// Every page of the program, with something on it: for the tests of pages, and for looking at them.
import assert from "node:assert/strict";

import { Api, type Answer } from "./support/api.ts";
import { corpus_photo, has_corpus, media_type } from "./support/corpus.ts";
import type { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { write_figures } from "./support/figures.ts";
import { picture } from "./support/pictures.ts";
import { arabic, german, japanese, march } from "./pages_words.ts";

/** Who looks at a page: somebody unknown, one of the persons by name, or a guest who opened a link. */
export type Who = "nobody" | "mara" | "tane" | "guest";

export interface Shown {
  name: string;
  path: string;         // or a whole address
  as: Who;
  status?: number;  // 200 otherwise
}

export interface PagesWorld {
  pages: Shown[];
  story: string;        // public, with photos, words and everything that Markdown has
  words_alone: string;  // public, without photos
  draft: string;
  gated: string;
  guest_link: string;   // opens a story with photos and notes; no passphrase
  photos: number;       // of `story`
}

// Each with what it measures, so that plain ones in their place are fetched and shown alike.
const real = [
  ["landscape_1.jpg", 600, 450, "A lake between hills, without wind.", "The second evening.", "Photo: Tāne"],
  ["portrait_2.jpg", 450, 600, "A narrow valley in the afternoon.", "", ""],
  ["DSCN0010.jpg", 640, 480, "A square with an old tower.", "We walked here on the day before. It was warm for March, and nobody was in a hurry.", ""],
  ["iphone_hdr_NO.jpg", 3264, 2448, "", "", "Photo: supplied"],
] as const;

async function made(answer: Promise<Answer>): Promise<any> {
  const { status, body, bytes } = await answer;
  assert.ok(status < 300, bytes.toString());
  return body;
}

/** Real photos where they are, plain ones of the same size where not. */
async function photos_of(author: Api): Promise<{ id: string; alt: string; caption: string; credit: string }[]> {
  const photos = [];
  for (const [place, [name, width, height, alt, caption, credit]] of real.entries()) {
    const plain = picture(90 + place * 40, width, height);
    const { id } = await made(has_corpus ? author.upload(corpus_photo(name), media_type(name)) : author.upload(plain, "image/png"));
    photos.push({ id, alt, caption, credit });
  }
  return photos;
}

const path_of = (url: string) => new URL(url).pathname;

async function tell(author: Api, story: object): Promise<string> {
  return (await made(author.post("/stories", { state: "published", ...story }))).url;
}

async function stories_of(mara: Api, tane: Api) {
  const photos = await photos_of(mara);
  const placed = march.body.replace(/PHOTO(\d)/g, (_, place) => `![](photo:${photos[Number(place)]!.id})`);
  const everyone = { audience: ["public"] };
  const story = await tell(mara, { ...march, body: placed, photos, ...everyone });
  const words_alone = await tell(mara, { title: march.title, body: march.body.replace(/PHOTO\d/g, ""), ...everyone });
  const in_german = await tell(mara, { ...german, lang: "de", ...everyone });
  const in_arabic = await tell(mara, { ...arabic, lang: "ar", photos: photos.slice(0, 1), ...everyone });
  const in_japanese = await tell(mara, { ...japanese, lang: "ja", ...everyone });
  const draft = (await made(mara.post("/stories", { title: "What I could not say then", body: "Not yet.", state: "draft" }))).url;
  const advised = (await made(mara.post("/stories", { title: "My brother", body: "The year my brother died.\n\nThey say he committed suicide. It was at the bridge.", topics: ["parents"], state: "draft" }))).url;
  const theirs = await made(tane.upload(picture(60, 1200, 800), "image/png"));
  const gated = await tell(tane, {
    title: "Winter", body: "It snowed on the way home.", photos: [{ id: theirs.id, alt: "A road in snow.", caption: "The road home." }],
    notes: ["hospital", "loss of a baby"], note: "This is about the night she died, and about the weeks after it.\n\nThere is no hurry.", audience: ["members"],
  });
  return { story, words_alone, in_german, in_arabic, in_japanese, draft, advised, gated, photos: photos.length, own_photo: `/photos/${photos[0]!.id}` };
}

/**
 * Two persons, their stories in several scripts, circles, links and an invitation; and the address of each page.
 * `empty` is a server of its own on which nobody is yet.
 */
export async function make_pages(keepsake: Keepsake, empty: Keepsake): Promise<PagesWorld> {
  const setup_of = (server: Keepsake) => /http:\S+\/setup\/\S+/.exec(server.printed)![0];
  const mara = person(keepsake, "mara", ["--host"]), tane = person(keepsake, "tane");
  await made(mara.post("/account/profile", { display_name: "Mara Lindqvist-Ōtāwhao" }));
  await made(tane.post("/account/profile", { display_name: "Tāne" }));
  const told = await stories_of(mara, tane);
  await made(mara.post("/circles", { name: "People who have lived this", people: ["tane"] }));
  await made(mara.post("/circles", { name: "Family" }));
  await made(tane.post("/circles", { name: "Us", people: ["mara"] }));
  const link = async (more: object) => path_of((await made(tane.post(`${told.gated}/links`, more))).url);
  const guest_link = await link({ name: "Grandma" });
  const with_passphrase = await link({ name: "Uncle Wiremu", passphrase: "the blue gate" });
  const ended = await made(tane.post(`${told.gated}/links`, { name: "Ended" }));
  await made(tane.ask("DELETE", `/links/${ended.id}`));
  await made(mara.post(`${told.story}/links`, { name: "Grandma", expires: "2031-03-01" }));
  const invitation = path_of((await made(mara.post("/invitations", {}))).url);
  const reset = path_of(keepsake.command(["person", "passwd", "tane"]).out.trim());
  person(keepsake, "wiremu");
  await made(mara.post("/host/people/wiremu/suspend", {}));
  write_figures(keepsake);
  await made(mara.post("/account/tokens", { label: "The frame in the hall" }));
  await made(mara.ask("DELETE", (await tell(mara, { title: "Taken back" }))));

  const album = (await made(mara.post("/albums", { name: "The first week" }))).id;
  await made(mara.ask("POST", `/albums/${album}/photos`, picture(77), { "content-type": "image/png" }));
  const shut = (await made(mara.post("/albums", { name: "From all of you" }))).id;
  const drop = path_of((await made(mara.post(`/albums/${shut}/drops`, { name: "Aroha" }))).url);
  const guarded_drop = path_of((await made(mara.post(`/albums/${shut}/drops`, { name: "Uncle Wiremu", passphrase: "the blue gate" }))).url);

  const as = (who: Who) => (name: string, path: string, status?: number): Shown => ({ name, path, as: who, ...(status ? { status } : {}) });
  const nobody = as("nobody"), own = as("mara"), other = as("tane"), guest = as("guest");
  const pages = [
    nobody("welcome", "/"), nobody("contact", "/contact"), nobody("privacy", "/privacy"), nobody("help", "/help?country=NZ"), nobody("help-topic", "/help?country=NZ&topic=pregnancy-loss"), nobody("help-nowhere", "/help?country=TV"), nobody("help-nothing", "/help?country=DE&q=zzzz"), nobody("sign-in", "/sign-in"), nobody("recover", "/recover"), nobody("setup", setup_of(empty)),
    nobody("invitation", invitation), nobody("reset", reset), nobody("guest-arrival", guest_link), nobody("guest-passphrase", with_passphrase),
    nobody("ended-link", path_of(ended.url), 410), nobody("ended-setup", path_of(setup_of(keepsake)), 410), nobody("ended-invitation", `/invitation/${"a".repeat(43)}`, 410), nobody("not-found", "/nowhere", 404),
    nobody("story", told.story), nobody("story-words", told.words_alone), nobody("story-german", told.in_german),
    nobody("story-arabic", told.in_arabic), nobody("story-japanese", told.in_japanese), nobody("person", "/@mara"),
    ...Array.from({ length: told.photos }, (_, place) => nobody(`photo-${place + 1}`, `${told.story}/photos/${place + 1}`)),
    own("gate", told.gated), guest("descriptions", told.gated), guest("descriptions-photo", `${told.gated}/photos/1`),
    own("home", "/"), own("own-story", told.story), own("write", "/stories/new"), own("edit", `${told.story}/edit`), own("publish", `${told.draft}/publish`),
    own("edit-advised", `${told.advised}/edit`), own("publish-advised", `${told.advised}/publish`),
    own("things", "/things"), own("photos", "/photos"), own("own-photo", told.own_photo), own("circles", "/circles"), own("links", "/links"),
    own("albums", "/albums"), own("album", `/albums/${album}`), own("sealed-album", `/albums/${shut}`), own("drop-links", `/albums/${shut}/drops`),
    nobody("drop-arrival", drop), nobody("drop-passphrase", guarded_drop),
    own("story-links", `${told.story}/links`), own("invitations", "/invitations"), own("trash", "/trash"), own("account", "/account"),
    own("sessions", "/account/sessions"), own("second-step", "/account/second-step"), own("passkeys", "/account/passkeys"), own("recovery-codes", "/account/recovery-codes"), own("tokens", "/account/tokens"), own("blocks", "/blocks"),
    own("host", "/host"), own("host-people", "/host/people"), own("host-person", "/host/people/tane"), own("host-suspended", "/host/people/wiremu"),
    own("host-room", "/host/room"), own("host-traffic", "/host/traffic"), own("host-safety", "/host/safety"),
    own("host-texts", "/host/texts"), own("host-text", "/host/texts/help"),
    own("host-helplines", "/host/helplines"), own("host-helplines-country", "/host/helplines?country=NZ"), own("host-helpline", "/host/helplines/nz-emergency"), own("host-helpline-new", "/host/helplines/new?country=NZ"),
    nobody("did-not-work", "/help/lines/nz-emergency/did-not-work"), nobody("did-not-work-thanks", "/help/lines/nz-emergency/did-not-work?thanks"),
    own("recovery-phrase", "/host/recovery-phrase"), other("forbidden", "/host/recovery-phrase", 403),
  ];
  return { pages, guest_link, ...told };
}
