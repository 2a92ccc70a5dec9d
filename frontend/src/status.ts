// Where what is typed stands, in a line below the words that stays in sight. What goes well is only shown; what
// does not is said aloud once.

import { button, element } from "./dom.ts";
import { say } from "./words.ts";

export type State = "saving" | "saved" | "saved_apart" | "away" | "nowhere" | "signed_out" | "refused";

const quiet: State[] = ["saving", "saved", "saved_apart"];

export class Status {
  private readonly line = element("p", { class: "save-state", id: "save-state" });
  private readonly spoken = element("p", { class: "save-trouble", role: "status" });
  private now: string | undefined;

  constructor(words: Element) {
    words.append(element("div", { class: "save-line" }, this.line, this.spoken));
  }

  show(state: State, sentence = ""): void {
    const key = state + sentence;
    if (key === this.now) return;
    this.now = key;
    this.line.dataset.state = state;
    const calm = quiet.includes(state);
    this.line.textContent = calm ? say(state) : "";
    this.spoken.replaceChildren(...(calm ? [] : this.trouble(state, sentence)));
  }

  private trouble(state: State, sentence: string): (Node | string)[] {
    if (state !== "signed_out") return [say(state), ...(sentence ? [" ", sentence] : [])];
    const there = element("a", { href: "/sign-in?then=/account", target: "_blank", rel: "noopener" }, say("sign_in_there"));
    return [say(state), " ", there];
  }

  /** Says one thing to who cannot see it. */
  announce(sentence: string): void {
    const spoken = element("p", { class: "visually-hidden", role: "status" });
    this.spoken.after(spoken);
    requestAnimationFrame(() => (spoken.textContent = sentence));
    setTimeout(() => spoken.remove(), 5000);
  }
}

/** Two versions of one story, and the choice between them. */
export function show_conflict(before: Element, theirs: { title: string; body: string }, mine: () => void, take: () => void): void {
  document.getElementById("conflict")?.remove();
  const saved = element("details", { open: true }, element("summary", {}, say("conflict_theirs")),
    element("p", { dir: "auto" }, element("strong", {}, theirs.title)), element("pre", { dir: "auto" }, theirs.body));
  const section = element("section", { class: "problem", role: "alert", id: "conflict" },
    element("h2", {}, say("conflict_heading")), element("p", {}, say("conflict_text")), saved);
  const choose = (chosen: () => void) => () => {
    section.remove();
    chosen();
  };
  section.append(element("p", { class: "actions" },
    button(say("conflict_mine"), choose(mine)), button(say("conflict_take"), choose(take), { class: "plain" })));
  before.before(section);
  section.scrollIntoView({ block: "nearest" });
}
