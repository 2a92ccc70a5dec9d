// Persons made by the host's command, each with a token for programs and a password for the browser.
import assert from "node:assert/strict";

import { Api } from "./api.ts";
import { Keepsake } from "./keepsake.ts";

export const password = "a quiet place by the sea";

/** Makes a person beside the running server and returns a program that acts as them. */
export function person(keepsake: Keepsake, name: string, more: string[] = []): Api {
  const added = keepsake.command(["person", "add", name, "--password-stdin", ...more], password);
  assert.equal(added.code, 0, added.err);
  const token = keepsake.command(["token", "create", name]);
  assert.equal(token.code, 0, token.err);
  return new Api(keepsake.address, token.out.trim());
}
