// The fields of the form as the server takes them as JSON, out of the page and back into it.

export interface Photo {
  id: string;
  alt: string;
  caption: string;
  credit: string;
}

export interface Fields {
  title: string;
  body: string;
  lang: string;
  note: string;
  named: string;
  notes: string[];
  topics: string[];
  help_at_gate: boolean;
  audience: string[];
  photos: Photo[];
}

const texts = ["title", "body", "lang", "note", "named"] as const;

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Photos as their rows stand, those aside that are to be left out. */
export interface PhotoRows {
  photos(): Photo[];
  show(photos: Photo[]): void;
}

export class Form {
  constructor(readonly element: HTMLFormElement, private readonly rows: PhotoRows) {}

  field(name: string): Field {
    return this.element.elements.namedItem(name) as Field;
  }
  private all(name: string): HTMLInputElement[] {
    return [...this.element.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
  }

  /** What a hidden field says; empty where there is none. */
  hidden(name: string): string {
    return this.all(name)[0]?.value ?? "";
  }
  set_hidden(name: string, value: string): void {
    const field = this.all(name)[0] ?? document.createElement("input");
    if (!field.parentNode) {
      field.type = "hidden";
      field.name = name;
      this.element.prepend(field);
    }
    field.value = value;
  }

  fields(): Fields {
    const read = Object.fromEntries(texts.map((name) => [name, this.field(name).value])) as Record<(typeof texts)[number], string>;
    const topics = this.ticked("topics").sort(); // the page's order changes with what it suggests
    const help_at_gate = this.ticked("help_at_gate").length > 0;
    return { ...read, notes: this.notes(), topics, help_at_gate, audience: this.ticked("audience"), photos: this.rows.photos() };
  }

  private ticked(name: string): string[] {
    return this.all(name).filter((box) => box.type === "checkbox" && box.checked).map((box) => box.value);
  }
  private notes(): string[] {
    const own = this.all("notes").filter((field) => field.type !== "checkbox").map((field) => field.value.trim());
    return [...this.ticked("notes"), ...own.filter(Boolean)];
  }

  /** Puts what was typed before into the page; whoever shows `body` in another way is told by an event. */
  fill(fields: Fields): void {
    for (const name of texts) this.field(name).value = fields[name] ?? "";
    this.tick("audience", fields.audience);
    this.fill_notes(fields.notes);
    this.fill_help(fields);
    this.rows.show(fields.photos);
    this.field("body").dispatchEvent(new CustomEvent("filled"));
  }

  private tick(name: string, values: string[]): void {
    for (const box of this.all(name)) if (box.type === "checkbox") box.checked = values.includes(box.value);
  }

  // What a device has kept since an earlier version may know neither.
  private fill_help({ topics, help_at_gate }: Partial<Fields>): void {
    if (topics) this.tick("topics", topics);
    if (help_at_gate !== undefined) this.tick("help_at_gate", help_at_gate ? ["true"] : []);
    if (topics?.length || help_at_gate) this.element.querySelector("details:has([name='topics'])")?.setAttribute("open", "");
  }

  private fill_notes(notes: string[]): void {
    this.tick("notes", notes);
    const common = this.all("notes").filter((field) => field.type === "checkbox").map((box) => box.value);
    const own = notes.filter((note) => !common.includes(note));
    let fields = this.all("notes").filter((field) => field.type !== "checkbox");
    while (fields.length < own.length) {
      const row = fields[fields.length - 1]!.closest("p")!;
      const more = row.cloneNode(true) as HTMLElement;
      more.querySelector("input")!.removeAttribute("id");
      row.after(more);
      fields = this.all("notes").filter((field) => field.type !== "checkbox");
    }
    fields.forEach((field, place) => (field.value = own[place] ?? ""));
    if (notes.length) this.element.querySelector("details:has([name='notes'])")?.setAttribute("open", "");
  }
}
