// What is kept on this device while the server cannot be reached: in IndexedDB, under a key that the server
// tells to this person alone. Whoever uses the device next finds nothing that can be read, and signing out
// removes it all (Clear-Site-Data).

export interface Copy {
  fields: unknown;
  version: number;
  started: string;
  at: number; // milliseconds since 1970
}

interface Row {
  id: string;
  at: number;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

const database = "keepsake-writing";
const store = "typed";
const longest = 30 * 24 * 3600 * 1000; // what nobody came back for

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "id" });
  return done(request);
}

const bytes_of = (hex: string) => new Uint8Array((hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));

export class Device {
  private constructor(
    private readonly rows: IDBDatabase,
    private readonly key: CryptoKey,
    private readonly person: string,
  ) {}

  /** Nothing where the browser keeps nothing (a private window, say). */
  static async of(person: string, key: string): Promise<Device | undefined> {
    try {
      const secret = await crypto.subtle.importKey("raw", bytes_of(key), "AES-GCM", false, ["encrypt", "decrypt"]);
      const device = new Device(await open(), secret, person);
      await device.forget_old();
      return device;
    } catch {
      return undefined;
    }
  }

  private table(mode: IDBTransactionMode): IDBObjectStore {
    return this.rows.transaction(store, mode).objectStore(store);
  }
  private id(name: string): string {
    return `${this.person}/${name}`;
  }

  async put(name: string, copy: Copy): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const id = this.id(name);
    const bound = new TextEncoder().encode(id);
    const text = new TextEncoder().encode(JSON.stringify(copy));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, this.key, text);
    await done(this.table("readwrite").put({ id, at: copy.at, iv, sealed } satisfies Row));
  }

  async get(name: string): Promise<Copy | undefined> {
    const row: Row | undefined = await done(this.table("readonly").get(this.id(name)));
    return row && (await this.opened(row));
  }

  /** The newest whose name begins so. */
  async newest(begin: string): Promise<{ name: string; copy: Copy } | undefined> {
    const all: Row[] = await done(this.table("readonly").getAll());
    const mine = all.filter((row) => row.id.startsWith(this.id(begin))).sort((a, b) => b.at - a.at);
    for (const row of mine) {
      const copy = await this.opened(row);
      if (copy) return { name: row.id.slice(this.person.length + 1), copy };
    }
    return undefined;
  }

  async remove(name: string): Promise<void> {
    await done(this.table("readwrite").delete(this.id(name)));
  }

  private async opened(row: Row): Promise<Copy | undefined> {
    try {
      const bound = new TextEncoder().encode(row.id);
      const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: bound }, this.key, row.sealed);
      return JSON.parse(new TextDecoder().decode(text));
    } catch {
      return undefined; // sealed for somebody else
    }
  }

  private async forget_old(): Promise<void> {
    const table = this.table("readwrite");
    const all: Row[] = await done(table.getAll());
    for (const row of all.filter(({ at }) => at < Date.now() - longest)) table.delete(row.id);
  }
}
