// A way over TCP that can be cut: by a network that swallows everything, or by one that resets what it carries.
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export type Cut = "silent" | "reset";

export class Passage {
  private state: "open" | Cut = "open";
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer({ pauseOnConnect: true }, (near) => this.carry(near));

  private constructor(private readonly host: string, private readonly port: number) {}

  /** To the database at this address; `address()` leads there through the passage. */
  static async to(database: string): Promise<Passage> {
    const { hostname, port } = new URL(database);
    const passage = new Passage(hostname, Number(port || 5432));
    passage.server.listen(0, "127.0.0.1");
    await once(passage.server, "listening");
    return passage;
  }

  address(database: string): string {
    const url = new URL(database);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return url.href;
  }

  /** From now on nothing passes, in either direction; new connections come no further either. */
  cut(how: Cut): void {
    this.state = how;
    for (const socket of this.sockets) how === "silent" ? socket.pause() : socket.resetAndDestroy();
  }

  /** What waited passes, as when packets are sent again. */
  heal(): void {
    this.state = "open";
    for (const socket of this.sockets) socket.resume();
  }

  async end(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, "close");
  }

  private carry(near: Socket): void {
    if (this.state === "reset") return void near.resetAndDestroy();
    const far = connect(this.port, this.host);
    for (const [from, to] of [[near, far], [far, near]] as const) {
      this.sockets.add(from);
      from.setNoDelay();
      from.on("data", (bytes) => to.write(bytes));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.sockets.delete(from);
        to.destroy();
      });
      this.state === "silent" ? from.pause() : from.resume();
    }
  }
}
