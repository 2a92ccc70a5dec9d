// The leak matrix's routes: how each is asked for, and by which part of the rule its answer is judged.
import { randomBytes } from "node:crypto";

import { type Told, type World } from "./leak_matrix_world.ts";

/** What an address names: things of the author's, or in their place ids that were never given to anything. */
export interface Named {
  story: string;
  photo: string;
  link: string;
  secret: string;
  circle: string;
  invitation: string;
  session: string;
  token: string;
  upload: string;
  album: string;
  album_photo: string;
  drop_link: string;
  drop: string;
  person: string;
}

// The same letters in another order are an id of the same form.
function another(id: string): string {
  const letters = [...id.slice(0, -1)];
  for (let at = letters.length - 1; at > 0; at--) {
    const other = randomBytes(4).readUInt32LE() % (at + 1);
    [letters[at], letters[other]] = [letters[other]!, letters[at]!];
  }
  return letters.join("") + id.slice(-1);
}

/** Beside stories with a gate, and the one whose author is suspended, the sealed album and the link that has ended are asked for. */
export const beside_shut = (story: Told): boolean => story.gate || story.suspended === true;

export function named(world: World, story: Told): Named {
  const { album, sealed_album, ended_drop, guarded_drop } = world;
  const shut = beside_shut(story);
  return {
    story: story.id, photo: story.photo, link: story.link.id, secret: story.link.secret, circle: world.circle.id,
    invitation: world.invitation, session: world.session, token: world.token, upload: world.upload, person: "mara",
    album: shut ? sealed_album.id : album.id, album_photo: shut ? sealed_album.photo : album.photo,
    drop_link: guarded_drop.id, drop: shut ? ended_drop.secret : guarded_drop.secret,
  };
}

export function never_was(like: Named): Named {
  const absent = { ...like, person: "zoli" };
  for (const key of ["story", "photo", "link", "secret", "circle", "invitation", "session", "token", "upload", "album", "album_photo", "drop_link", "drop"] as const) absent[key] = another(like[key]);
  return absent;
}

/**
 * story: by the outcome. photo: open or not there. original: its owner's alone. arrival: a guest link's address.
 * drop: a drop link's address, which asks everybody for a passphrase; dropping: what needs its pass. own: the author's, to everyone else signed in not there. mine: a page of whoever asks. host: the host's.
 * lists, person: what the viewer may see. anyone: the same for everybody.
 */
export type Kind = "story" | "photo" | "original" | "arrival" | "drop" | "dropping" | "own" | "mine" | "host" | "lists" | "person" | "anyone";

export interface Row {
  kind: Kind;
  path: (named: Named) => string;
  body?: Record<string, unknown>;
  each?: boolean;  // asked for every story, and in the same words for what never was
}

const wrong = { nonsense: "1" };  // refused before anything is done
const secret = randomBytes(32).toString("base64url").replace(/[-_]/g, "a");
const each = (kind: Kind, path: Row["path"], body?: Row["body"]): Row => ({ kind, path, each: true, ...(body ? { body } : {}) });
const once = (kind: Kind, path: string, body?: Row["body"]): Row => ({ kind, path: () => path, ...(body ? { body } : {}) });
const own = (path: Row["path"], body?: Row["body"]) => each("own", path, body);

export const rows: Record<string, Row> = {
  "GET /health": once("anyone", "/health"),
  "GET /api/openapi.json": once("anyone", "/api/openapi.json"),
  "GET /robots.txt": once("anyone", "/robots.txt"),
  "POST /language": once("anyone", "/language", wrong),

  "GET /contact": once("anyone", "/contact"),
  "GET /privacy": once("anyone", "/privacy"),

  "GET /help": once("anyone", "/help?country=NZ&topic=pregnancy-loss"),
  "POST /help/country": once("anyone", "/help/country", wrong),
  "GET /help/worker.js": once("anyone", "/help/worker.js"),
  "GET /help/embed.js": once("anyone", "/help/embed.js"),
  "GET /help/embed": once("anyone", "/help/embed?country=NZ&topic=pregnancy-loss"),
  "GET /help/lines.jsonl": once("anyone", "/help/lines.jsonl"),

  "GET /sign-in": once("anyone", "/sign-in"),
  "POST /sign-in": once("anyone", "/sign-in", wrong),
  "POST /sign-in/code": once("anyone", "/sign-in/code", wrong),
  "POST /sign-in/passkey/request": once("anyone", "/sign-in/passkey/request", wrong),
  "POST /sign-in/passkey": once("anyone", "/sign-in/passkey", wrong),
  "POST /sign-out": once("anyone", "/sign-out"),
  "GET /recover": once("anyone", "/recover"),
  "POST /recover": once("anyone", "/recover", wrong),
  "GET /reset/{secret}": once("anyone", `/reset/${secret}`),
  "POST /reset/{secret}": once("anyone", `/reset/${secret}`, wrong),
  "GET /setup/{secret}": once("anyone", `/setup/${secret}`),
  "POST /setup/{secret}": once("anyone", `/setup/${secret}`, wrong),
  "GET /invitation/{secret}": once("anyone", `/invitation/${secret}`),
  "POST /invitation/{secret}": once("anyone", `/invitation/${secret}`, wrong),
  "GET /host/recovery-phrase": once("host", "/host/recovery-phrase"),
  "POST /host/recovery-phrase": once("host", "/host/recovery-phrase", wrong),

  "GET /host": once("host", "/host"),
  "GET /host/people": once("host", "/host/people"),
  "GET /host/people/{name}": once("host", "/host/people/mara"),
  "POST /host/people/{name}/suspend": once("host", "/host/people/mara/suspend", wrong),
  "POST /host/people/{name}/restore": once("host", "/host/people/sami/restore", wrong),
  "POST /host/people/{name}/remove": once("host", "/host/people/mara/remove", wrong),
  "POST /host/people/{name}/quota": once("host", "/host/people/mara/quota", wrong),
  "GET /host/room": once("host", "/host/room"),
  "POST /host/room/quota": once("host", "/host/room/quota", wrong),
  "GET /host/traffic": once("host", "/host/traffic"),
  "GET /host/safety": once("host", "/host/safety"),
  "GET /host/texts": once("host", "/host/texts"),
  "GET /host/texts/{kind}": once("host", "/host/texts/help"),
  "POST /host/texts/{kind}": once("host", "/host/texts/help", wrong),
  "GET /host/helplines": once("host", "/host/helplines?country=NZ"),
  "POST /host/helplines": once("host", "/host/helplines", wrong),
  "GET /host/helplines/new": once("host", "/host/helplines/new"),
  "GET /host/helplines/{id}": once("host", "/host/helplines/nz-emergency"),
  "POST /host/helplines/{id}": once("host", "/host/helplines/nz-emergency", wrong),
  "POST /host/helplines/{id}/hide": once("host", "/host/helplines/nz-emergency/hide", wrong),
  "POST /host/helplines/{id}/show": once("host", "/host/helplines/nz-emergency/show", wrong),
  "POST /host/helplines/{id}/take-back": once("host", "/host/helplines/nz-emergency/take-back", wrong),
  "GET /help/lines/{id}/did-not-work": once("anyone", "/help/lines/nz-emergency/did-not-work"),
  "POST /help/lines/{id}/did-not-work": once("anyone", "/help/lines/nz-emergency/did-not-work", wrong),

  "GET /invitations": once("mine", "/invitations"),
  "POST /invitations": once("mine", "/invitations", wrong),
  "DELETE /invitations/{id}": own((the) => `/invitations/${the.invitation}`),
  "POST /invitations/{id}/delete": own((the) => `/invitations/${the.invitation}/delete`),

  "GET /things": once("mine", "/things"),
  "GET /account": once("mine", "/account"),
  "POST /account/profile": once("mine", "/account/profile", wrong),
  "POST /account/password": once("mine", "/account/password", wrong),
  "GET /account/sessions": once("mine", "/account/sessions"),
  "DELETE /account/sessions": once("mine", "/account/sessions"),
  "POST /account/sessions/delete": once("mine", "/account/sessions/delete"),
  "DELETE /account/sessions/{id}": own((the) => `/account/sessions/${the.session}`),
  "POST /account/sessions/{id}/delete": own((the) => `/account/sessions/${the.session}/delete`),
  "GET /account/recovery-codes": once("mine", "/account/recovery-codes"),
  "POST /account/recovery-codes": once("mine", "/account/recovery-codes", wrong),
  "GET /account/second-step": once("mine", "/account/second-step"),
  "POST /account/second-step": once("mine", "/account/second-step", wrong),
  "POST /account/second-step/confirm": once("mine", "/account/second-step/confirm", wrong),
  "DELETE /account/second-step": once("mine", "/account/second-step", wrong),
  "POST /account/second-step/delete": once("mine", "/account/second-step/delete", wrong),
  "GET /account/passkeys": once("mine", "/account/passkeys"),
  "POST /account/passkeys/request": once("mine", "/account/passkeys/request", wrong),
  "POST /account/passkeys": once("mine", "/account/passkeys", wrong),
  "POST /account/passkeys/after-password": once("mine", "/account/passkeys/after-password", wrong),
  "DELETE /account/passkeys/{id}": own((the) => `/account/passkeys/${the.token}`, { present: "not the password" }),
  "POST /account/passkeys/{id}/delete": own((the) => `/account/passkeys/${the.token}/delete`, { present: "not the password" }),
  "GET /account/tokens": once("mine", "/account/tokens"),
  "POST /account/tokens": once("mine", "/account/tokens", wrong),
  "DELETE /account/tokens/{id}": own((the) => `/account/tokens/${the.token}`),
  "POST /account/tokens/{id}/delete": own((the) => `/account/tokens/${the.token}/delete`),
  "GET /blocks": once("mine", "/blocks"),
  "POST /blocks": once("mine", "/blocks", wrong),
  "PUT /blocks/{name}": once("mine", "/blocks/zoli"),
  "DELETE /blocks/{name}": once("mine", "/blocks/zoli"),
  "POST /blocks/{name}/delete": once("mine", "/blocks/zoli/delete"),

  "GET /photos": once("mine", "/photos"),
  "POST /photos": once("mine", "/photos", wrong),
  "GET /photos/originals.zip": once("mine", "/photos/originals.zip"),
  "GET /photos/{id}/original": each("original", (the) => `/photos/${the.photo}/original`),
  "GET /photos/{id}/{edge}": each("photo", (the) => `/photos/${the.photo}/320`),
  "GET /photos/{id}": own((the) => `/photos/${the.photo}`),
  "PATCH /photos/{id}": own((the) => `/photos/${the.photo}`, { look: { black_and_white: true } }),
  "POST /photos/{id}/look": own((the) => `/photos/${the.photo}/look`, { black_and_white: true }),
  "DELETE /photos/{id}": own((the) => `/photos/${the.photo}`),
  "POST /photos/{id}/delete": own((the) => `/photos/${the.photo}/delete`, { for_good: "true" }),

  "OPTIONS /uploads": once("anyone", "/uploads"),
  "POST /uploads": once("mine", "/uploads", wrong),
  "GET /uploads/{id}": own((the) => `/uploads/${the.upload}`),
  "PATCH /uploads/{id}": own((the) => `/uploads/${the.upload}`, wrong),
  "DELETE /uploads/{id}": own((the) => `/uploads/${the.upload}`),
  "POST /uploads/{id}": own((the) => `/uploads/${the.upload}`, wrong),

  "GET /albums": once("mine", "/albums"),
  "POST /albums": once("mine", "/albums", wrong),
  "GET /albums/{id}": own((the) => `/albums/${the.album}`),
  "PATCH /albums/{id}": own((the) => `/albums/${the.album}`, { name: "Taken" }),
  "POST /albums/{id}/edit": own((the) => `/albums/${the.album}/edit`, { name: "Taken" }),
  "DELETE /albums/{id}": own((the) => `/albums/${the.album}`),
  "POST /albums/{id}/delete": own((the) => `/albums/${the.album}/delete`),
  "POST /albums/{id}/photos": own((the) => `/albums/${the.album}/photos`, { photos: "a" }),
  "DELETE /albums/{id}/photos/{photo}": own((the) => `/albums/${the.album}/photos/${the.album_photo}`),
  "POST /albums/{id}/photos/{photo}/delete": own((the) => `/albums/${the.album}/photos/${the.album_photo}/delete`),
  "GET /albums/{id}/originals.zip": own((the) => `/albums/${the.album}/originals.zip`),
  "POST /albums/{id}/seal": own((the) => `/albums/${the.album}/seal`),
  "POST /albums/{id}/open": own((the) => `/albums/${the.album}/open`),
  "GET /albums/{id}/drops": own((the) => `/albums/${the.album}/drops`),
  "POST /albums/{id}/drops": own((the) => `/albums/${the.album}/drops`, { name: "For me" }),
  "DELETE /drops/{id}": own((the) => `/drops/${the.drop_link}`),
  "POST /drops/{id}/delete": own((the) => `/drops/${the.drop_link}/delete`),
  "GET /drop/{secret}": each("drop", (the) => `/drop/${the.drop}`),
  "POST /drop/{secret}": each("drop", (the) => `/drop/${the.drop}`),
  "POST /drop/{secret}/photos": each("dropping", (the) => `/drop/${the.drop}/photos`),
  "DELETE /drop/{secret}/photos/{id}": each("dropping", (the) => `/drop/${the.drop}/photos/${the.album_photo}`),
  "POST /drop/{secret}/photos/{id}/delete": each("dropping", (the) => `/drop/${the.drop}/photos/${the.album_photo}/delete`),

  "GET /circles": once("mine", "/circles"),
  "POST /circles": once("mine", "/circles", wrong),
  "GET /circles/{id}": own((the) => `/circles/${the.circle}`),
  "PATCH /circles/{id}": own((the) => `/circles/${the.circle}`, { name: "Taken" }),
  "POST /circles/{id}/edit": own((the) => `/circles/${the.circle}/edit`, { name: "Taken" }),
  "DELETE /circles/{id}": own((the) => `/circles/${the.circle}`),
  "POST /circles/{id}/delete": own((the) => `/circles/${the.circle}/delete`),
  "POST /circles/{id}/people": own((the) => `/circles/${the.circle}/people`, { name: "olaf" }),
  "PUT /circles/{id}/people/{name}": own((the) => `/circles/${the.circle}/people/olaf`),
  "DELETE /circles/{id}/people/{name}": own((the) => `/circles/${the.circle}/people/tane`),
  "POST /circles/{id}/people/{name}/delete": own((the) => `/circles/${the.circle}/people/tane/delete`),

  "GET /links": once("mine", "/links"),
  "GET /stories/{id}/links": own((the) => `/stories/${the.story}/links`),
  "POST /stories/{id}/links": own((the) => `/stories/${the.story}/links`, { name: "For me" }),
  "DELETE /links/{id}": own((the) => `/links/${the.link}`),
  "POST /links/{id}/delete": own((the) => `/links/${the.link}/delete`),
  "GET /guest/{secret}": each("arrival", (the) => `/guest/${the.secret}`),
  "POST /guest/{secret}": each("arrival", (the) => `/guest/${the.secret}`),

  "GET /": once("lists", "/"),
  "GET /@{name}": { kind: "person", path: (the) => `/@${the.person}` },
  "GET /stories/new": once("mine", "/stories/new"),
  "GET /stories/{id}": each("story", (the) => `/stories/${the.story}`),
  "GET /stories/{id}/photos/{number}": each("story", (the) => `/stories/${the.story}/photos/1`),
  "POST /stories/{id}/gate": each("story", (the) => `/stories/${the.story}/gate`, { accept: "all" }),

  "POST /stories": once("mine", "/stories", wrong),
  "GET /stories/{id}/edit": own((the) => `/stories/${the.story}/edit`),
  "POST /stories/{id}/edit": own((the) => `/stories/${the.story}/edit`, { title: "Taken" }),
  "PATCH /stories/{id}": own((the) => `/stories/${the.story}`, { title: "Taken" }),
  "DELETE /stories/{id}": own((the) => `/stories/${the.story}`),
  "POST /stories/{id}/delete": own((the) => `/stories/${the.story}/delete`),
  "POST /stories/{id}/take-back": own((the) => `/stories/${the.story}/take-back`),
  "GET /stories/{id}/working-copy": own((the) => `/stories/${the.story}/working-copy`),
  "PUT /stories/{id}/working-copy": own((the) => `/stories/${the.story}/working-copy`, { title: "Taken" }),
  "DELETE /stories/{id}/working-copy": own((the) => `/stories/${the.story}/working-copy`),
  "POST /stories/{id}/working-copy/delete": own((the) => `/stories/${the.story}/working-copy/delete`),
  "GET /stories/{id}/publish": own((the) => `/stories/${the.story}/publish`),
  "POST /stories/{id}/publish": own((the) => `/stories/${the.story}/publish`, { version: "1" }),
  "GET /trash": once("mine", "/trash"),
};

/** One way of asking: what a browser, a program, a player or a cache would send. */
export interface Way {
  about: string;
  method: string;
  headers: Record<string, string>;
  broken?: string;  // a body that no route takes, sent in place of the row's
}

const html = { accept: "text/html" };
const json = { accept: "application/json" };

// What a body is refused for must not be told before whether the thing is there.
function unsafe_ways(method: string, each: boolean): Way[] {
  const said: Way[] = [{ about: "JSON", method, headers: json }, { about: "HTML", method, headers: html }];
  if (!each) return said;
  return [
    ...said,
    { about: "JSON, from another site", method, headers: { ...json, origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" } },
    { about: "JSON, with a body that ends too soon", method, headers: { ...json, "content-type": "application/json" }, broken: '{"title": ' },
    { about: "JSON, with a body of no known type", method, headers: { ...json, "content-type": "text/plain" }, broken: "title=Taken" },
    {
      about: "HTML, with a field too large", method, headers: { ...html, "content-type": "application/x-www-form-urlencoded" },
      broken: `accept=${"a".repeat(300_000)}`,
    },
  ];
}

export function ways(route: string, tag: string): Way[] {
  const method = route.split(" ")[0]!;
  if (method !== "GET") return unsafe_ways(method, rows[route]!.each === true);
  return [
    { about: "JSON", method, headers: json },
    { about: "HTML", method, headers: html },
    { about: "HEAD of JSON", method: "HEAD", headers: json },
    { about: "HEAD of HTML", method: "HEAD", headers: html },
    { about: "a range", method, headers: { accept: "image/webp, text/html", range: "bytes=0-99" } },
    { about: "a range of it later", method, headers: { accept: "image/webp, text/html", range: "bytes=0-99", "if-range": tag } },
    { about: "its tag", method, headers: { ...json, "if-none-match": tag } },
    { about: "any tag", method, headers: { accept: "image/webp, text/html", "if-none-match": "*" } },
    { about: "what may be done", method: "OPTIONS", headers: json },
  ];
}
