// Photos are sent as soon as they are chosen, one after another, each with its progress; one that does not
// arrive says so and can be sent again.

import { button, element } from "./dom.ts";
import { send_photo } from "./server.ts";
import { say } from "./words.ts";

export class Uploads {
  private queue: Promise<void> = Promise.resolve();
  private readonly list = element("ul", { class: "uploads" });
  private open = 0;

  constructor(
    after: Element,
    private readonly arrived: (id: string) => void,
    private readonly announce: (sentence: string) => void,
  ) {
    after.after(this.list);
  }

  /** Whether something has not arrived yet. */
  get under_way(): boolean {
    return this.open > 0;
  }

  take(files: Iterable<File>, arrived = this.arrived): void {
    for (const file of files) {
      const row = element("li", {});
      this.list.append(row);
      this.open++;
      this.queue = this.queue.then(() => this.send(file, row, arrived));
    }
  }

  private async send(file: File, row: HTMLElement, arrived: (id: string) => void): Promise<void> {
    const bar = element("progress", { max: "1", value: "0", "aria-label": `${say("uploading")}: ${file.name}` });
    row.replaceChildren(element("span", {}, file.name), bar);
    const came = await send_photo(file, (share) => (bar.value = share)).promise;
    this.open--;
    if (!("id" in came)) return this.fail(file, row, came.sentence, arrived);
    row.remove();
    arrived(came.id);
    this.announce(say("uploaded"));
  }

  private fail(file: File, row: HTMLElement, sentence: string, arrived: (id: string) => void): void {
    const said = element("span", { class: "problem", role: "alert" }, `${say("upload_failed")} ${file.name} ${sentence}`);
    const again = button(say("upload_again"), () => {
      this.open++;
      this.queue = this.queue.then(() => this.send(file, row, arrived));
    });
    row.replaceChildren(said, again, button(say("upload_drop"), () => row.remove(), { class: "plain" }));
  }
}
