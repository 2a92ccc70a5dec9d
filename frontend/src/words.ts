// The words of the page, which the server has put into it in the reader's language.

const words = new Map<string, string>();

/** Takes them out of <template id="writing-words">. */
export function read_words(template: HTMLTemplateElement | null): void {
  for (const span of template?.content.querySelectorAll<HTMLElement>("[data-word]") ?? []) {
    words.set(span.dataset.word!, span.textContent ?? "");
  }
}

/** A word by its id, {name} filled in. */
export function say(id: string, filled: Record<string, string | number> = {}): string {
  const text = words.get(id) ?? id;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(filled[name] ?? whole));
}
