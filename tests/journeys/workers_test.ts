// Photo workers are killed at random while photos go in: every request is answered clearly, and the server lives on.
// KEEPSAKE_KILLS says how often, 20 times unless it does; a nightly run takes 500.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import type { Api } from "./support/api.ts";
import { Keepsake } from "./support/keepsake.ts";
import { person } from "./support/people.ts";
import { picture } from "./support/pictures.ts";

const kills = Number(process.env.KEEPSAKE_KILLS ?? 20);
const clear = new Set([201, 503]);

// What stands behind the end of a PNG makes it another file and the same picture.
const large = picture(90, 2400, 1800);
const another = () => Buffer.concat([large, randomBytes(8)]);

describe("photo workers that are killed", () => {
  let keepsake: Keepsake, mara: Api;

  before(async () => {
    keepsake = await Keepsake.start();
    mara = person(keepsake, "mara", ["--host"]);
  });
  after(() => keepsake?.end());

  const status_of = (pid: number | string) => readFileSync(`/proc/${pid}/status`, "utf8");
  const figure = (status: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);

  /** The living children of the server. */
  function workers(): number[] {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
      try {
        const status = status_of(pid);
        return figure(status, "PPid") === keepsake.pid && !/^State:\s+Z/m.test(status);
      } catch {
        return false; // it has just gone
      }
    });
  }

  test(`${kills} times`, { timeout: 120_000 + kills * 5000 }, async (t) => {
    const answers = new Map<number, number>();
    const kept: { id: string; sha256: string }[] = [];
    let most_of_server = 0, most_of_worker = 0, killed = 0;

    const send = async () => {
      while (killed < kills) {
        const bytes = another();
        const answer = await mara.upload(bytes, "image/png");
        answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
        assert.ok(clear.has(answer.status), `${answer.status}: ${answer.bytes}`);
        if (answer.status === 201) assert.ok(answer.body.shown, "a photo that can be drawn is drawn");
        if (answer.status === 201) kept.push({ id: answer.body.id, sha256: createHash("sha256").update(bytes).digest("hex") });
      }
    };
    const kill = async () => {
      const server = keepsake.pid;
      while (killed < kills) {
        await pause(100 + Math.random() * 900);
        const living = workers();
        for (const pid of living) most_of_worker = Math.max(most_of_worker, figure(status_of(pid), "VmHWM"));
        most_of_server = Math.max(most_of_server, figure(status_of(server), "VmHWM"));
        if (!living.length) continue;
        try {
          process.kill(living[Math.floor(Math.random() * living.length)]!, "SIGKILL");
          killed++;
        } catch {
          // it has just gone
        }
      }
      assert.equal(keepsake.pid, server);
      assert.ok(status_of(server), "the server lives");
    };
    await Promise.all([kill(), send(), send(), send(), send()]);

    assert.ok(kept.length > 0);
    for (const { id, sha256 } of kept) {
      const original = await mara.get(`/photos/${id}/original`);
      assert.equal(createHash("sha256").update(original.bytes).digest("hex"), sha256);
      assert.equal((await mara.get(`/photos/${id}/320`)).status, 200);
    }
    assert.equal((await mara.upload(another(), "image/png")).status, 201);
    t.diagnostic(`answers: ${[...answers].map(([status, times]) => `${times} of ${status}`).join(", ")}; most memory of the server ` +
      `${Math.round(most_of_server / 1024)} MiB, of a worker ${Math.round(most_of_worker / 1024)} MiB`);
  });
});
