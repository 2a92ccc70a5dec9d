// What can be done to the words, as buttons that say whether they are on.

import { setBlockType, toggleMark, wrapIn, lift } from "prosemirror-commands";
import { undo } from "prosemirror-history";
import type { MarkType, NodeType } from "prosemirror-model";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import type { Command, EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

import { button, element } from "./dom.ts";
import { schema } from "./markdown.ts";
import { say } from "./words.ts";

const { nodes, marks } = schema;

function has_mark(state: EditorState, type: MarkType): boolean {
  const { from, $from, to, empty } = state.selection;
  return empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type);
}
function is_within(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
  return false;
}

const toggle_heading: Command = (state, dispatch) =>
  (is_within(state, nodes.heading!) ? setBlockType(nodes.paragraph!) : setBlockType(nodes.heading!, { level: 1 }))(state, dispatch);
const toggle_quote: Command = (state, dispatch) => (is_within(state, nodes.blockquote!) ? lift : wrapIn(nodes.blockquote!))(state, dispatch);
const toggle_list: Command = (state, dispatch) =>
  (is_within(state, nodes.bullet_list!) ? liftListItem(nodes.list_item!) : wrapInList(nodes.bullet_list!))(state, dispatch);

interface Tool {
  word: string;
  run: Command;
  on?: (state: EditorState) => boolean;
}
const tools: Tool[] = [
  { word: "heading", run: toggle_heading, on: (state) => is_within(state, nodes.heading!) },
  { word: "quote", run: toggle_quote, on: (state) => is_within(state, nodes.blockquote!) },
  { word: "list", run: toggle_list, on: (state) => is_within(state, nodes.bullet_list!) },
  { word: "bold", run: toggleMark(marks.strong!), on: (state) => has_mark(state, marks.strong!) },
  { word: "italic", run: toggleMark(marks.em!), on: (state) => has_mark(state, marks.em!) },
  { word: "undo", run: undo },
];

/** Marks what is selected (or the address itself, where nothing is) as a link. */
function set_link(view: EditorView, href: string): void {
  const { from, to, empty } = view.state.selection;
  const link = marks.link!.create({ href });
  const change = view.state.tr;
  if (empty) change.replaceSelectionWith(schema.text(href, [link]), false);
  else change.addMark(from, to, link);
  view.dispatch(change);
}

// People type addresses without what begins them.
const whole_address = (typed: string) => (/^([a-z][a-z0-9+.-]*:|\/|#)/i.test(typed) ? typed : `https://${typed}`);

export class Toolbar {
  readonly element: HTMLElement;
  private readonly buttons: [HTMLButtonElement, Tool][] = [];
  private readonly link: HTMLButtonElement;
  private readonly asking: HTMLElement;
  private readonly address = element("input", { id: "link-address", type: "text", inputmode: "url", autocapitalize: "none", autocomplete: "off" });

  constructor(private readonly view: () => EditorView, add_photos: (files: File[]) => void, more: HTMLElement) {
    for (const tool of tools) this.buttons.push([button(say(tool.word), () => this.run(tool)), tool]);
    this.link = button(say("link"), () => this.ask_link(), { "aria-expanded": "false" });
    this.asking = this.make_asking();
    this.element = element("div", { class: "toolbar", role: "toolbar", "aria-label": say("toolbar") },
      ...this.buttons.map(([one]) => one), this.link, this.photo_button(add_photos), more, this.asking);
  }

  private run(tool: Tool): void {
    const view = this.view();
    tool.run(view.state, view.dispatch);
    view.focus();
  }

  private photo_button(add_photos: (files: File[]) => void): HTMLElement {
    const files = element("input", { type: "file", accept: "image/*", multiple: true, hidden: true });
    files.addEventListener("change", (event) => {
      event.stopPropagation();
      add_photos([...(files.files ?? [])]);
      files.value = "";
    });
    const press = button(say("photo"), () => files.click());
    press.append(files);
    files.addEventListener("click", (event) => event.stopPropagation());
    return press;
  }

  private make_asking(): HTMLElement {
    this.address.addEventListener("input", (event) => event.stopPropagation());
    this.address.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close_link();
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.take_link();
    });
    return element("p", { class: "link-asking", hidden: true },
      element("label", { for: "link-address" }, say("link_address")), this.address,
      button(say("link_set"), () => this.take_link()), button(say("link_remove"), () => this.remove_link(), { class: "plain" }));
  }
  ask_link(): void {
    const { $from } = this.view().state.selection;
    this.address.value = marks.link!.isInSet($from.marks())?.attrs.href ?? "";
    this.asking.hidden = false;
    this.link.setAttribute("aria-expanded", "true");
    this.address.focus();
  }
  private close_link(): void {
    this.asking.hidden = true;
    this.link.setAttribute("aria-expanded", "false");
    this.view().focus();
  }
  private take_link(): void {
    const typed = this.address.value.trim();
    if (typed) set_link(this.view(), whole_address(typed));
    this.close_link();
  }
  private remove_link(): void {
    const view = this.view();
    const { from, to, $from } = view.state.selection;
    const range = from === to ? { from: $from.start(), to: $from.end() } : { from, to };
    view.dispatch(view.state.tr.removeMark(range.from, range.to, marks.link!));
    this.close_link();
  }

  show(state: EditorState): void {
    for (const [one, tool] of this.buttons) {
      if (tool.on) one.setAttribute("aria-pressed", String(tool.on(state)));
    }
  }
}
