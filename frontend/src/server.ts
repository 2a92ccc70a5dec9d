// What the page asks the server for while somebody writes. No answer throws: each is an outcome.

import type { Fields } from "./form.ts";

export type Outcome =
  | { kind: "kept"; version: number; story: string; begun: boolean }
  | { kind: "conflict" }
  | { kind: "signed_out" }
  | { kind: "refused"; sentence: string; status: number }
  | { kind: "away" };

export interface Standing {
  version: number;
  form: Fields;
}

const patience = 15_000; // milliseconds until an answer is given up

async function ask(method: string, path: string, body?: unknown, keepalive = false): Promise<Response> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), patience);
  try {
    return await fetch(path, {
      method,
      headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
      body: body === undefined ? null : JSON.stringify(body),
      signal: end.signal,
      keepalive,
      redirect: "error",
    });
  } finally {
    clearTimeout(timer);
  }
}

async function outcome_of(answer: Response, story: string): Promise<Outcome> {
  if (answer.status === 401) return { kind: "signed_out" };
  if (answer.status === 409) return { kind: "conflict" };
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return { kind: "away" };
  const body = await answer.json();
  if (answer.ok) return { kind: "kept", version: body.version, story: body.id ?? story, begun: answer.status === 201 };
  return { kind: "refused", sentence: body.detail ?? "", status: answer.status };
}

/** Keeps the fields of the story's form. */
export async function keep(story: string, sent: object, keepalive = false): Promise<Outcome> {
  try {
    return await outcome_of(await ask("PUT", `/stories/${story}/working-copy`, sent, keepalive), story);
  } catch {
    return { kind: "away" };
  }
}

/** Makes the story that the form is going to be; if it is one already, `begun` is false and nothing was kept. */
export async function begin(sent: object): Promise<Outcome> {
  try {
    return await outcome_of(await ask("POST", "/stories", sent), "");
  } catch {
    return { kind: "away" };
  }
}

/** What the server has now; nothing if it cannot be had. */
export async function standing(story: string): Promise<Standing | undefined> {
  try {
    const answer = await ask("GET", `/stories/${story}/working-copy`);
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}
