// A database of its own in the cluster that KEEPSAKE_TEST_POSTGRES names.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";

export interface FreshDatabase {
  address: string;
  drop(): Promise<void>;
}

function psql(cluster: string, statement: string): void {
  const run = spawnSync("psql", ["-X", "-q", "-c", statement, cluster], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
}

export async function fresh_database(cluster: string): Promise<FreshDatabase> {
  const name = `journey_${randomBytes(6).toString("hex")}`;
  psql(cluster, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const address = cluster.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
  return { address, drop: async () => psql(cluster, `DROP DATABASE ${name} WITH (FORCE)`) };
}
