// What is typed keeps itself: on the server within a second, and on this device within a quarter of one until
// the server has it. Both waits run from the first change that is not kept, so typing on never puts them off.

import type { Copy, Device } from "./device.ts";
import type { Fields, Form } from "./form.ts";
import { begin, keep, standing, type Outcome } from "./server.ts";
import { show_conflict, type Status } from "./status.ts";

const wait = { device: 250, server: 900, again: 2000, most: 1500 }; // milliseconds
const most_beside = 60_000; // bytes that a browser sends for a page that is going

const same = ({ body: one, ...rest }: Fields, { body: other, ...others }: Fields) => one === other && JSON.stringify(rest) === JSON.stringify(others);

export class Autosave {
  private story: string;
  private kept: Fields;        // as the server has them
  private device_timer = 0;
  private server_timer = 0;
  private under_way: Promise<void> | undefined;
  private stopped = false;     // until the person has chosen between two versions
  private cost = 0;            // milliseconds that reading the form took last
  private apart: boolean;      // what is kept is not yet the story

  private device: Device | undefined;
  private found_as: string | undefined; // what this device held, until it is kept anew

  constructor(
    private readonly form: Form,
    private readonly status: Status,
    private readonly sync: () => void, // brings what other ways of typing hold into the form
  ) {
    this.story = form.element.dataset.story ?? "";
    this.kept = form.fields();
    this.apart = form.element.querySelector("button[value=withdrawn]") !== null;
  }

  private get name(): string {
    return this.story ? `story/${this.story}` : `new/${this.form.hidden("started")}`;
  }
  private read(): Fields {
    const begun = performance.now();
    this.sync();
    const fields = this.form.fields();
    this.cost = performance.now() - begun;
    return fields;
  }
  get safe(): boolean {
    return same(this.read(), this.kept);
  }

  /** Something was typed. A long text waits longer, but never as long as could be missed. */
  touched(): void {
    if (this.status_is_free()) this.status.show("saving");
    const slow = Math.min(this.cost * 8, wait.most);
    this.device_timer ||= window.setTimeout(() => void this.keep_here(), Math.max(wait.device, slow));
    if (!this.stopped) this.server_timer ||= window.setTimeout(() => void this.keep_there(), Math.max(wait.server, slow));
  }
  private status_is_free(): boolean {
    return !this.stopped && (this.trouble === undefined || this.trouble === "refused");
  }
  private trouble: Outcome["kind"] | undefined;

  private async keep_here(): Promise<void> {
    window.clearTimeout(this.device_timer);
    this.device_timer = 0;
    const fields = this.read();
    if (!this.device || same(fields, this.kept)) return;
    const version = Number(this.form.hidden("version"));
    const copy: Copy = { fields, version, started: this.form.hidden("started"), at: Date.now() };
    await this.device.put(this.name, copy).catch(() => undefined);
  }

  private keep_there(keepalive = false): Promise<void> {
    window.clearTimeout(this.server_timer);
    this.server_timer = 0;
    this.under_way ??= this.send(keepalive).finally(() => (this.under_way = undefined));
    return this.under_way;
  }

  private async send(keepalive: boolean): Promise<void> {
    const fields = this.read();
    if (this.stopped || same(fields, this.kept)) return this.rest();
    const was = this.name;
    const outcome = await this.sent(fields, keepalive);
    this.trouble = outcome.kind === "kept" ? undefined : outcome.kind;
    if (outcome.kind === "kept") return this.now_kept(fields, outcome, was);
    if (outcome.kind === "conflict") return this.meet();
    if (outcome.kind === "refused") return this.status.show("refused", outcome.sentence);
    this.status.show(!this.device ? "nowhere" : outcome.kind);
    this.server_timer ||= window.setTimeout(() => void this.keep_there(), wait.again);
  }

  private async sent(fields: Fields, keepalive: boolean): Promise<Outcome> {
    const person = this.form.hidden("person");
    if (this.story) return keep(this.story, { ...fields, person, version: Number(this.form.hidden("version")) }, keepalive);
    const started = this.form.hidden("started");
    let made = await begin({ ...fields, person, started, state: "draft" });
    if (made.kind === "kept" && made.begun) return made;
    // It does not fit a story yet: an empty one takes it as it is typed.
    if (made.kind === "refused" && made.status === 422) made = await begin({ person, started, state: "draft" });
    return made.kind === "kept" ? keep(made.story, { ...fields, person, version: made.version }) : made;
  }

  private async now_kept(fields: Fields, { version, story }: { version: number; story: string }, was: string): Promise<void> {
    this.kept = fields;
    this.form.set_hidden("version", String(version));
    if (!this.story) this.become(story);
    await this.device?.remove(was).catch(() => undefined);
    if (this.safe) this.rest();
    else this.touched();
  }

  private rest(): void {
    if (this.stopped) return;
    this.status.show(this.apart ? "saved_apart" : "saved");
    for (const name of new Set([this.name, this.found_as])) {
      if (name) void this.device?.remove(name).catch(() => undefined);
    }
    this.found_as = undefined;
  }

  // A new story has an address from now on: going back or loading anew leads to it and to no second one.
  private become(story: string): void {
    this.story = story;
    this.form.element.dataset.story = story;
    this.form.element.action = `/stories/${story}/edit`;
    history.replaceState(null, "", `/stories/${story}/edit`);
  }

  /** Another window has saved meanwhile. */
  private async meet(): Promise<void> {
    this.stopped = true;
    await this.keep_here();
    const theirs = await standing(this.story);
    if (!theirs) {
      this.stopped = false;
      this.status.show("away");
      this.server_timer ||= window.setTimeout(() => void this.keep_there(), wait.again);
      return;
    }
    show_conflict(this.form.element, theirs.form,
      () => this.go_on_from(theirs.version, theirs.form),
      () => void this.take(theirs.version, theirs.form));
  }
  private go_on_from(version: number, theirs: Fields): void {
    this.form.set_hidden("version", String(version));
    this.kept = theirs;
    this.stopped = false;
    this.touched();
  }
  private async take(version: number, theirs: Fields): Promise<void> {
    this.form.fill(theirs);
    this.go_on_from(version, this.read());
    await this.device?.remove(this.name).catch(() => undefined);
  }

  /** Keeps on this device too from now on; looks first whether it holds something that the server never got. */
  async look_back(device: Device | undefined): Promise<boolean> {
    const found = device && !this.form.element.dataset.unsaved ? await this.found(device) : undefined;
    this.device = device;
    if (!device || !found) return this.begin_unsaved();
    const { started } = found.copy;
    const fields = found.copy.fields as Fields;
    if (same(fields, this.kept)) {
      await device.remove(found.name);
      return false;
    }
    this.found_as = found.name;
    if (!this.safe) return this.choose_found(fields); // typed on before this was found
    const theirs = this.kept;
    const now = Number(this.form.hidden("version"));
    // A draft that has just begun, whose beginning this device was never told of, is the one it went on with.
    const version = found.name.startsWith("new/") && now === 1 ? now : found.copy.version;
    this.form.fill(fields);
    if (!this.story) this.form.set_hidden("started", started);
    if (this.story && version !== now) this.choose(now, theirs);
    else this.touched();
    return true;
  }
  private async found(device: Device): Promise<{ name: string; copy: Copy } | undefined> {
    if (!this.story) return device.newest("new/");
    const begun = `new/${this.form.hidden("started")}`;
    for (const name of [this.name, begun]) {
      const copy = await device.get(name);
      if (copy) return { name, copy };
    }
    return undefined;
  }
  private choose_found(fields: Fields): boolean {
    this.stopped = true;
    const go_on = () => {
      this.stopped = false;
      this.touched();
    };
    show_conflict(this.form.element, fields, go_on, () => {
      this.form.fill(fields);
      go_on();
    });
    return true;
  }
  private choose(version: number, theirs: Fields): void {
    this.stopped = true;
    show_conflict(this.form.element, theirs, () => this.go_on_from(version, theirs), () => void this.take(version, theirs));
  }
  // The page came back with what was typed; nothing of it is kept yet.
  private async begin_unsaved(): Promise<boolean> {
    if (!this.form.element.dataset.unsaved) return false;
    await this.device?.remove(this.name);
    this.kept = { ...this.kept, title: `${this.kept.title}\n` };
    if (document.getElementById("conflict")) this.stopped = true; // the form itself says which version it would replace
    else this.touched();
    return false;
  }

  /** Before the form is sent: what is under way arrives first, so that the form carries the last version. */
  async settle(): Promise<void> {
    await this.under_way;
    if (this.stopped || this.safe) return;
    await this.keep_there();
    if (!this.safe) await this.keep_here();
  }
  get needs_settling(): boolean {
    return this.under_way !== undefined || (!this.stopped && !this.safe);
  }

  /** The page is hidden and may not come back. */
  leave(): void {
    if (this.safe) return;
    void this.keep_here();
    const small = JSON.stringify(this.kept).length < most_beside;
    if (!this.stopped) void this.keep_there(small && this.story !== "");
  }

  come_back(): void {
    if (!this.safe && !this.stopped) void this.keep_there();
  }
}
