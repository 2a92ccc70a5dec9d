// Requests as they go over the wire, and answers with nothing taken away: header fields in their order.
import { Agent, request } from "node:http";

export interface RawAnswer {
  status: number;
  fields: string[];  // name, value, name, value, ...
  bytes: Buffer;
}

export interface RawAsk {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

export class Wire {
  private readonly agent: Agent;

  constructor(private readonly port: number, connections: number) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  ask(asked: RawAsk): Promise<RawAnswer> {
    const { method, path, headers, body } = asked;
    const sent = body === undefined ? headers : { ...headers, "content-length": String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const asking = request({ host: "127.0.0.1", port: this.port, agent: this.agent, method, path, headers: sent }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () => resolve({ status: answer.statusCode!, fields: answer.rawHeaders, bytes: Buffer.concat(parts) }));
      });
      asking.on("error", reject);
      asking.end(body);
    });
  }

  end(): void {
    this.agent.destroy();
  }
}

/** Everything of an answer as one text, to look for words in. Date is left out: it alone may differ. */
export function text_of(answer: RawAnswer): string {
  const lines = [String(answer.status)];
  for (let at = 0; at < answer.fields.length; at += 2) {
    if (answer.fields[at]!.toLowerCase() !== "date") lines.push(`${answer.fields[at]}: ${answer.fields[at + 1]}`);
  }
  return lines.join("\n") + "\n\n" + answer.bytes.toString("latin1");
}

/** Runs the jobs, at most `at_once` of them at a time. */
export async function in_batches<Job>(jobs: Job[], at_once: number, run: (job: Job) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < jobs.length) await run(jobs[next++]!);
  };
  await Promise.all(Array.from({ length: at_once }, worker));
}
