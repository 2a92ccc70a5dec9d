// One photo on its way to the server, by the tus protocol: in pieces, of which those that arrived stay there.

import { Upload, type DetailedError } from "tus-js-client";

import { say } from "./words.ts";

export interface Arrived {
  id: string;     // empty: kept, and not for these eyes now
  name: string;   // of the file
  shown: boolean; // false: kept, but it cannot be shown yet
  width?: number;
  height?: number;
}

/** A sentence: it cannot be taken, for that reason. Neither: it was given up. */
export type Came = { photo: Arrived } | { sentence?: string };

export interface Told {
  progress: (bytes: number) => void;
  cut_off: (cut: boolean) => void; // whether it waits for the network
}

const piece = 8 * 1024 * 1024; // so much at most is sent twice after a cut
const pauses = [0, 1000, 3000, 5000, 10_000];
const passing = [408, 409, 429]; // tried again later
const look_again = 10_000; // milliseconds, where nothing tells that the network is back
const look_whether_kept = 2000;

// What a browser keeps to find the upload again names neither the file nor what is in it. What goes on is what was
// begun: the same file on its way elsewhere (into an album, say) is another upload.
async function fingerprint(file: File, about: Record<string, string>): Promise<string> {
  const told = Object.entries(about).map((one) => one.join("="));
  const said = new TextEncoder().encode(["keepsake", file.name, file.type, file.size, file.lastModified, ...told].join("\n"));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", said));
  return "tus-" + [...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function status_of(error: Error | DetailedError): number {
  return ("originalResponse" in error && error.originalResponse?.getStatus()) || 0;
}

function sentence_of(error: Error | DetailedError): string {
  try {
    return JSON.parse(("originalResponse" in error && error.originalResponse?.getBody()) || "{}").detail ?? "";
  } catch {
    return "";
  }
}

export class Sending {
  readonly outcome: Promise<Came>;
  private resolve!: (came: Came) => void;
  private readonly upload: Upload;
  private readonly name: string;
  private over = false;
  private timer = 0;

  /** `about`: what else the server is told of it, as tus metadata. */
  constructor(file: File, private readonly told: Told, about: Record<string, string> = {}) {
    this.outcome = new Promise((resolve) => (this.resolve = resolve));
    this.name = file.name;
    this.upload = new Upload(file, {
      endpoint: "/uploads",
      chunkSize: piece,
      retryDelays: pauses,
      metadata: { filename: file.name, filetype: file.type, ...about },
      fingerprint: () => fingerprint(file, about),
      removeFingerprintOnSuccess: true,
      headers: { accept: "application/json" },
      onProgress: (sent) => {
        told.cut_off(false);
        told.progress(sent);
      },
      onSuccess: () => void this.look(),
      onError: (error) => this.failed(error),
    });
    void this.begin();
  }

  /** Nothing more is sent, and what has arrived is removed. */
  give_up(): void {
    void this.upload.abort(true).catch(() => undefined);
    this.finish({});
  }

  private async begin(): Promise<void> {
    const before = await this.upload.findPreviousUploads().catch(() => []);
    if (before[0]) this.upload.resumeFromPreviousUpload(before[0]);
    if (!this.over) this.upload.start();
  }

  private finish(came: Came): void {
    if (this.over) return;
    this.over = true;
    this.rest();
    this.resolve(came);
  }

  // A network that is gone comes back; everything else has said why.
  private failed(error: Error | DetailedError): void {
    const status = status_of(error);
    if (this.over) return;
    if (status === 401) return this.finish({ sentence: say("signed_out") });
    if ((status >= 400 && status < 500 && !passing.includes(status)) || status === 507)
      return this.finish({ sentence: sentence_of(error) });
    this.told.cut_off(true);
    addEventListener("online", this.again);
    document.addEventListener("visibilitychange", this.again);
    this.timer = window.setTimeout(this.again, look_again);
  }

  private rest(): void {
    clearTimeout(this.timer);
    removeEventListener("online", this.again);
    document.removeEventListener("visibilitychange", this.again);
  }

  private readonly again = (): void => {
    if (document.visibilityState === "hidden") return;
    this.rest();
    if (!this.over) this.upload.start();
  };

  // Everything has arrived; what became of it?
  private async look(): Promise<void> {
    try {
      const answer = await fetch(this.upload.url!, { headers: { accept: "application/json" }, redirect: "error" });
      const body = answer.ok ? await answer.json() : {};
      if (body.photo) return this.finish({ photo: body.photo });
      if (body.kept) return this.finish({ photo: { id: "", name: this.name, shown: false } });
      if (body.refused) return this.finish({ sentence: body.refused });
      if (answer.status === 404 || answer.status === 401) return this.finish({ sentence: "" });
    } catch {
      // The network is gone for a moment.
    }
    if (!this.over) this.timer = window.setTimeout(() => void this.look(), look_whether_kept);
  }
}
