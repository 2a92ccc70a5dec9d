// Photos are sent as soon as they are chosen, a few at a time, each with its progress. A photo that is cut off
// goes on where it was when the network is back, also after the phone slept or the page was closed and the
// same photo chosen again; one that cannot be taken says why.

import { button, element } from "./dom.ts";
import { Sending, type Arrived } from "./sending.ts";
import { say } from "./words.ts";

const side_by_side = 2; // photos on their way at once

interface Waiting {
  file: File;
  row: HTMLElement;
  arrived: (photo: Arrived) => void;
  sending?: Sending;
}

export class Uploads {
  private readonly list = element("ul", { class: "uploads" });
  private readonly together = element("progress", { max: "1", value: "0", "aria-label": say("uploading_all") });
  private readonly whole = element("p", { class: "uploads-whole", hidden: true }, this.together, element("span"));
  private readonly waiting: Waiting[] = [];
  private readonly sending = new Set<Waiting>();
  private bytes = { sent: 0, all: 0 };
  private came = 0;

  constructor(
    after: Element,
    private readonly arrived: (photo: Arrived, row: HTMLElement) => void,
    private readonly announce: (sentence: string) => void,
    private readonly about: Record<string, string> = {},
  ) {
    after.after(this.whole, this.list);
  }

  /** Whether something has not arrived yet. */
  get under_way(): boolean {
    return this.waiting.length + this.sending.size > 0;
  }

  take(files: Iterable<File>, arrived?: (photo: Arrived) => void): void {
    for (const file of files) {
      const row = element("li");
      this.list.append(row);
      this.queue({ file, row, arrived: arrived ?? ((photo) => this.arrived(photo, row)) });
    }
  }

  private queue(one: Waiting): void {
    const leave = button(say("upload_drop"), () => this.leave(one), { class: "plain" });
    one.row.replaceChildren(element("span", { dir: "auto" }, one.file.name), element("span", { class: "quiet" }, say("upload_waiting")), leave);
    this.bytes.all += one.file.size;
    this.waiting.push(one);
    this.next();
  }

  private next(): void {
    while (this.sending.size < side_by_side && this.waiting.length > 0) void this.send(this.waiting.shift()!);
    this.show_whole();
  }

  private async send(one: Waiting): Promise<void> {
    this.sending.add(one);
    const bar = element("progress", { max: "1", value: "0", "aria-label": `${say("uploading")}: ${one.file.name}` });
    const said = element("span", { class: "quiet", role: "status" });
    const leave = button(say("upload_drop"), () => this.leave(one), { class: "plain" });
    one.row.replaceChildren(element("span", { dir: "auto" }, one.file.name), bar, said, leave);
    let before = 0;
    one.sending = new Sending(one.file, {
      progress: (sent) => {
        this.bytes.sent += sent - before;
        before = sent;
        bar.value = sent / Math.max(1, one.file.size);
        this.show_whole();
      },
      cut_off: (cut) => (said.textContent = cut ? say("upload_cut_off") : ""),
    }, this.about);
    const came = await one.sending.outcome;
    this.sending.delete(one);
    this.bytes.sent += one.file.size - before;
    if ("photo" in came) this.arrive(one, came.photo);
    else if (came.sentence !== undefined) this.fail(one, came.sentence);
    this.next();
  }

  private arrive(one: Waiting, photo: Arrived): void {
    this.came++;
    one.row.replaceChildren();
    one.arrived(photo);
    if (!one.row.hasChildNodes()) one.row.remove();
    this.announce(!photo.id ? `${photo.name} ${say("arrived")}` : say(photo.shown ? "uploaded" : "uploaded_unshown"));
  }

  private fail(one: Waiting, sentence: string): void {
    const said = element("span", { class: "problem", role: "alert" }, `${say("upload_failed")} ${one.file.name} ${sentence}`);
    const again = button(say("upload_again"), () => this.queue(one));
    one.row.replaceChildren(said, again, button(say("upload_drop"), () => one.row.remove(), { class: "plain" }));
  }

  private leave(one: Waiting): void {
    const place = this.waiting.indexOf(one);
    if (place >= 0) {
      this.waiting.splice(place, 1);
      this.bytes.sent += one.file.size;
    }
    one.sending?.give_up();
    one.row.remove();
    this.show_whole();
  }

  private show_whole(): void {
    const left = this.waiting.length + this.sending.size;
    this.whole.hidden = left + this.came < 2;
    this.together.hidden = left === 0;
    this.together.value = this.bytes.all ? this.bytes.sent / this.bytes.all : 0;
    this.whole.lastElementChild!.textContent = say("uploaded_of", { number: this.came, of: this.came + left });
    if (left === 0) this.bytes = { sent: 0, all: 0 };
  }
}
