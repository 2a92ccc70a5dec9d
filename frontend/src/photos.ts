// The photos of a story: a row for each with what can be seen, its caption and its place. A row stands in the
// list, or in the words where its photo is shown.

import { button, element } from "./dom.ts";
import { drag_row } from "./dragging.ts";
import type { Photo, PhotoRows } from "./form.ts";
import { say } from "./words.ts";

/** Where photos stand between the words. */
export interface Between {
  ids(): string[];                            // in their order
  put(id: string): void;                      // where the cursor is
  take_out(id: string): void;
  move(id: string, by: -1 | 1): boolean;      // whether there was a place to move to
}

const kinds = ["id", "alt", "caption", "credit", "place", "leave_out"] as const;

export class Photos implements PhotoRows {
  between: Between | undefined;
  private readonly rows = new Map<string, HTMLElement>();
  private readonly holders = new Map<string, HTMLElement[]>(); // elements in the words that show the photo

  constructor(
    private readonly list: HTMLElement,
    private readonly blank: HTMLTemplateElement,
    private readonly changed: () => void,
    private readonly announce: (sentence: string) => void,
  ) {
    for (const row of list.querySelectorAll<HTMLElement>(".photo-row")) this.equip(row);
    this.number();
  }

  private field(row: HTMLElement, kind: string): HTMLInputElement {
    return row.querySelector<HTMLInputElement>(`[name$=".${kind}"]`)!;
  }

  /** A row for a photo that has just come, or was typed before. */
  add(photo: Photo): HTMLElement {
    const there = this.rows.get(photo.id);
    if (there) return there;
    const row = (this.blank.content.firstElementChild as HTMLElement).cloneNode(true) as HTMLElement;
    row.dataset.photo = photo.id;
    row.querySelector("img")!.src = `/photos/${photo.id}/320`;
    for (const kind of ["id", "alt", "caption", "credit"] as const) this.field(row, kind).value = photo[kind];
    this.list.append(row);
    this.equip(row);
    this.number();
    return row;
  }

  private equip(row: HTMLElement): void {
    const id = row.dataset.photo!;
    this.rows.set(id, row);
    const move = (by: -1 | 1, press: () => HTMLButtonElement) => () => {
      this.move(id, by);
      press().focus();
    };
    const earlier: HTMLButtonElement = button(say("earlier"), move(-1, () => earlier), { class: "plain" });
    const later: HTMLButtonElement = button(say("later"), move(1, () => later), { class: "plain" });
    const where = button("", () => this.change_home(id), { class: "plain photo-where" });
    const handle = element("span", { class: "photo-handle", "aria-hidden": "true" }, "⠿");
    handle.addEventListener("pointerdown", (event) => {
      if (!this.home_of(row)) drag_row(row, handle, event, () => this.moved(this.standing(row)));
    });
    row.append(element("p", { class: "actions photo-moves" }, handle, earlier, later, where));
    this.label(row);
  }

  private label(row: HTMLElement): void {
    row.querySelector(".photo-where")!.textContent = say(this.home_of(row) ? "after" : "between");
  }
  private home_of(row: HTMLElement): boolean {
    return row.parentElement !== this.list;
  }

  /** The words show a photo: its row moves there. */
  claim(id: string, holder: HTMLElement): void {
    const holders = this.holders.get(id) ?? [];
    this.holders.set(id, [...holders, holder]);
    if (!holders.length) this.house(id);
  }
  release(id: string, holder: HTMLElement): void {
    const left = (this.holders.get(id) ?? []).filter((one) => one !== holder);
    this.holders.set(id, left);
    this.house(id);
  }
  private house(id: string): void {
    const row = this.rows.get(id);
    const home = this.holders.get(id)?.[0] ?? this.list;
    if (!row || row.parentElement === home) return;
    home.append(row);
    this.label(row);
    this.number();
  }
  knows(id: string): boolean {
    return this.rows.has(id);
  }

  private change_home(id: string): void {
    const row = this.rows.get(id)!;
    if (this.home_of(row)) this.between?.take_out(id);
    else this.between?.put(id);
    row.querySelector<HTMLElement>(".photo-where")!.focus();
    this.changed();
  }

  private order(): HTMLElement[] {
    const placed = new Set(this.between?.ids() ?? []);
    const first = [...placed].map((id) => this.rows.get(id)).filter((row) => row !== undefined);
    return [...first, ...[...this.list.children].filter((row) => !placed.has((row as HTMLElement).dataset.photo!)) as HTMLElement[]];
  }

  /** Names and numbers follow the order, for the form as it is sent and for whoever hears it. */
  number(): void {
    this.order().forEach((row, place, all) => {
      row.setAttribute("aria-label", say("moved", { place: place + 1, all: all.length }));
      for (const kind of kinds) {
        const field = this.field(row, kind);
        field.name = `photos.${place}.${kind}`;
        if (kind === "place") field.value = String(place + 1);
        if (!field.id) continue;
        const label = row.querySelector<HTMLLabelElement>(`label[for="${field.id}"]`);
        field.id = `${kind}-${place}`;
        if (label) label.htmlFor = field.id;
      }
    });
  }

  private move(id: string, by: -1 | 1): void {
    const row = this.rows.get(id)!;
    if (this.home_of(row)) {
      if (this.between?.move(id, by)) this.moved(say("moved_between"));
      return;
    }
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return this.announce(this.standing(row));
    if (by < 0) other.before(row);
    else other.after(row);
    this.moved(this.standing(row));
  }
  private standing(row: HTMLElement): string {
    const order = this.order();
    return say("moved", { place: order.indexOf(row) + 1, all: order.length });
  }
  private moved(sentence: string): void {
    this.number();
    this.announce(sentence);
    this.changed();
  }

  photos(): Photo[] {
    const kept = this.order().filter((row) => !this.field(row, "leave_out").checked);
    return kept.map((row) => ({
      id: row.dataset.photo!, alt: this.field(row, "alt").value,
      caption: this.field(row, "caption").value, credit: this.field(row, "credit").value,
    }));
  }

  show(photos: Photo[]): void {
    for (const photo of photos) {
      const row = this.add(photo);
      for (const kind of ["alt", "caption", "credit"] as const) this.field(row, kind).value = photo[kind] ?? "";
      this.field(row, "leave_out").checked = false;
      if (!this.home_of(row)) this.list.append(row);
    }
    this.number();
  }
}
