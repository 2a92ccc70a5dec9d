// What every refusal has in common: a clear status, and a plain sentence for whoever asked.
import assert from "node:assert/strict";

import { type Answer } from "./api.ts";
import { type RawAnswer } from "./wire.ts";

/** A problem (RFC 9457) with one of the statuses, and its sentence. */
export function refused(answer: Answer, statuses: number | number[], about: string): string {
  const fitting = [statuses].flat();
  assert.ok(fitting.includes(answer.status), `${about}: ${answer.status}, not ${fitting}: ${answer.bytes.toString().slice(0, 300)}`);
  assert.equal(answer.headers.get("content-type"), "application/problem+json", about);
  assert.equal(answer.body.status, answer.status, about);
  return sentence(answer.body.detail, about);
}

export function sentence(detail: unknown, about: string): string {
  assert.ok(typeof detail === "string" && /^[A-Z].*[.]$/s.test(detail), `${about}: no sentence: ${JSON.stringify(detail)}`);
  assert.ok(!/!|Oops|exception|std::|errno|SQL/i.test(detail), `${about}: ${detail}`);
  return detail;
}

/** A page with one of the statuses that can be read. */
export function refused_page(answer: Answer, statuses: number | number[], about: string): string {
  const page = answer.bytes.toString();
  assert.ok([statuses].flat().includes(answer.status), `${about}: ${answer.status}: ${page.slice(0, 300)}`);
  assert.match(answer.headers.get("content-type")!, /^text\/html/, about);
  assert.match(page, /<h1[^>]*>[^<]+<\/h1>/, about);
  assert.match(page, /<p[^>]*>[A-Z][^<]+[.]<\/p>/, about);
  return page;
}

export function raw_problem(answer: RawAnswer, statuses: number[], about: string): void {
  assert.ok(statuses.includes(answer.status), `${about}: ${answer.status}: ${answer.bytes.toString().slice(0, 300)}`);
  sentence(JSON.parse(answer.bytes.toString()).detail, about);
}
