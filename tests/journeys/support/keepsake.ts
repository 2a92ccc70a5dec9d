// The real program on a data directory of its own, which goes when the journey ends.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const binary = process.env.KEEPSAKE_BINARY ?? "build/release/keepsake";

/** A port of 127.0.0.1 that nobody listens at now. */
export async function free_port(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

export interface Run {
  code: number | null;
  out: string;
  err: string;
}

export class Keepsake {
  private process: ChildProcess | undefined;
  /** Everything `serve` printed so far, the setup link among it. */
  printed = "";

  private constructor(readonly data: string, readonly port: number, private readonly more: string[]) {}

  /** Starts `keepsake serve`; resolves when it answers. `more` are further arguments, as `--database`. */
  static async start(more: string[] = []): Promise<Keepsake> {
    return Keepsake.start_at(await free_port(), more);
  }

  /** The same at a port that was found before, as `--public-address` has to name it. */
  static async start_at(port: number, more: string[]): Promise<Keepsake> {
    const keepsake = new Keepsake(mkdtempSync(join(tmpdir(), "keepsake-journey-")), port, more);
    await keepsake.serve();
    return keepsake;
  }

  /** Starts a second server for the photos and with the keys of the first; `more` names the same database. */
  static async beside(first: Keepsake, more: string[]): Promise<Keepsake> {
    const data = mkdtempSync(join(tmpdir(), "keepsake-journey-"));
    cpSync(join(first.data, "keys"), join(data, "keys"), { recursive: true });
    const second = new Keepsake(data, await free_port(), [...more, "--blobs", join(first.data, "blobs")]);
    await second.serve();
    return second;
  }

  /** Of the server that runs now. */
  get pid(): number {
    return this.process!.pid!;
  }
  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it again on the same data, after `stop`. */
  async serve(): Promise<void> {
    const child = spawn(binary, ["serve", "--data", this.data, "--port", String(this.port), ...this.more], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = child;
    process.once("exit", () => child.kill("SIGKILL"));
    this.let_go(child);
    child.stdout.on("data", (text) => (this.printed += text));
    child.stderr.on("data", (text) => (this.printed += text));
    for (let attempt = 0; attempt < 600; attempt++) {
      if (child.exitCode !== null) break;
      if (await fetch(`${this.address}/health`).then((answer) => answer.ok, () => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`keepsake serve does not answer:\n${this.printed}`);
  }

  // A journey that fails before it ends the server must end all the same.
  private let_go(child: ChildProcess): void {
    child.unref();
    for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
  }

  /** Runs another command on the same data, beside the server: `command(["person", "list"])`. */
  command(words: string[], input = ""): Run {
    const run = spawnSync(binary, [...words, "--data", this.data, ...this.more], { input, encoding: "utf8" });
    return { code: run.status, out: run.stdout, err: run.stderr };
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    child.kill(signal);
    await once(child, "exit");
  }

  /** Stops it and removes its data. */
  async end(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}
