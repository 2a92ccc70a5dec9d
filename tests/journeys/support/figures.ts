// Thirty days of a place that grows quietly, written into the database of a running server.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import type { Keepsake } from "./keepsake.ts";

const script = `
import sqlite3, sys, time
today = int(time.time() // 86400)
database = sqlite3.connect(sys.argv[1], timeout=10)
for age in range(1, 31):
    busy = 400 + (age * 7919) % 1300 + (2600 if age == 9 else 0)
    database.execute("INSERT OR REPLACE INTO daily_figure VALUES (?, ?, ?, ?, ?, ?)",
        (today - age, busy, 3 if age in (9, 20) else 0, 9_800_000_000 - age * 130_000_000, 48_000_000 - age * 300_000, 31_000_000_000 + age * 131_000_000))
database.commit()
`;

export function write_figures(keepsake: Keepsake): void {
  const run = spawnSync("python3", ["-c", script, join(keepsake.data, "keepsake.db")], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
}
