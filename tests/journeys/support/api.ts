// A program that speaks JSON with Keepsake as one person, as a guest with cookies, or as nobody.
import { readFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
  bytes: Buffer;
}

function headers_of(answer: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at < answer.rawHeaders.length; at += 2) headers.append(answer.rawHeaders[at]!, answer.rawHeaders[at + 1]!);
  return headers;
}

export class Api {
  private cookies = new Map<string, string>();

  constructor(readonly address: string, private readonly token?: string) {}

  /** The same, who turns to another server. */
  at(address: string): Api {
    const there = new Api(address, this.token);
    there.cookies = new Map(this.cookies);
    return there;
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const sent: Record<string, string> = { accept: "application/json", ...headers, ...this.shown() };
    let payload: Uint8Array | undefined;
    if (body instanceof Uint8Array) {
      payload = body;
    } else if (body !== undefined) {
      payload = Buffer.from(JSON.stringify(body));
      sent["content-type"] ??= "application/json";
    }
    if (payload) sent["content-length"] = String(payload.length);
    const answer = await this.send(method, path, sent, payload);
    for (const cookie of answer.headers["set-cookie"] ?? []) this.keep(cookie);
    const bytes = await buffer(answer);
    const json = (answer.headers["content-type"] ?? "").includes("json");
    return { status: answer.statusCode!, headers: headers_of(answer), bytes, body: json && bytes.length ? JSON.parse(bytes.toString()) : undefined };
  }

  // A refusal may come, and the connection end, before the whole body is sent: then the answer counts.
  private send(method: string, path: string, headers: Record<string, string>, payload?: Uint8Array): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asking = request(this.address + path, { method, headers }, resolve);
      asking.on("error", reject);
      asking.end(payload);
    });
  }

  /** What every request shows of who asks, as header fields. */
  shown(): Record<string, string> {
    const shown: Record<string, string> = {};
    if (this.token) shown.authorization = `Bearer ${this.token}`;
    if (!this.cookies.size) return shown;
    shown.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    // What a browser says of itself when a page of this house makes the request.
    shown["sec-fetch-site"] = "same-origin";
    return shown;
  }

  get = (path: string, headers: Record<string, string> = {}) => this.ask("GET", path, undefined, headers);
  post = (path: string, body?: unknown) => this.ask("POST", path, body);

  /** Uploads a file as it is and returns its id. */
  async upload(file: string | Uint8Array, type = "image/jpeg"): Promise<Answer> {
    const bytes = typeof file === "string" ? readFileSync(file) : file;
    return this.ask("POST", "/photos", bytes, { "content-type": type });
  }

  private keep(cookie: string): void {
    const [pair, ...rest] = cookie.split("; ");
    const at = pair!.indexOf("=");
    const name = pair!.slice(0, at);
    if (rest.includes("Max-Age=0")) this.cookies.delete(name);
    else this.cookies.set(name, pair!.slice(at + 1));
  }
}
