// The words as readers will see them, in the place of the text area, which goes on holding them as Markdown:
// it is what is sent. Whoever likes plain text better, or has a text that only plain text can show, has it.

import { baseKeymap, chainCommands, exitCode, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import type { Node } from "prosemirror-model";
import { liftListItem, splitListItem } from "prosemirror-schema-list";
import { type Command, EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

import { button, element } from "./dom.ts";
import { from_markdown, schema, to_markdown } from "./markdown.ts";
import { clean_html } from "./paste.ts";
import { PhotoView } from "./photo_view.ts";
import type { Between, Photos } from "./photos.ts";
import { Toolbar } from "./toolbar.ts";
import { say } from "./words.ts";

const { nodes, marks } = schema;

const new_line: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break!.create()).scrollIntoView());
  return true;
});

const rules = inputRules({
  rules: [
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote!),
    wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list!),
    wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list!, (match) => ({ order: Number(match[1]) })),
    textblockTypeInputRule(/^(#{1,3})\s$/, nodes.heading!, (match) => ({ level: match[1]!.length })),
  ],
});

export class Editor implements Between {
  private readonly place = element("div", { class: "editor words" });
  private readonly view: EditorView;
  private readonly toolbar: Toolbar;
  private readonly switch_button: HTMLButtonElement;
  private readonly hint = element("p", { class: "quiet", hidden: true }, say("plain_kept"));
  private written: Node;            // the document that the text area holds
  private plain = false;

  constructor(
    private readonly text: HTMLTextAreaElement,
    private readonly photos: Photos,
    private readonly changed: () => void,
    add_photos: (files: File[]) => void,
  ) {
    this.switch_button = button(say("plain"), () => this.change_to(!this.plain), { class: "plain" });
    this.toolbar = new Toolbar(() => this.view, add_photos, this.switch_button);
    text.parentElement!.querySelector(".writing-tools")!.append(this.toolbar.element);
    text.before(this.place);
    text.after(this.hint);
    const read = from_markdown(text.value);
    this.written = read ?? schema.topNodeType.createAndFill()!;
    this.view = this.make_view(this.written, add_photos);
    text.addEventListener("filled", () => this.read_again());
    document.getElementById("body-label")!.addEventListener("click", () => this.plain || this.view.focus());
    this.show(read === undefined);
  }

  private state(document: Node): EditorState {
    const keys: Record<string, Command> = {
      "Mod-b": toggleMark(marks.strong!), "Mod-i": toggleMark(marks.em!), "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo,
      "Mod-k": () => { this.toolbar.ask_link(); return true; },
      "Shift-Enter": new_line,
      Enter: splitListItem(nodes.list_item!),
      "Shift-Tab": (state, dispatch) => liftListItem(nodes.list_item!)(state, dispatch),
    };
    return EditorState.create({ doc: document, plugins: [rules, keymap(keys), keymap(baseKeymap), history(), dropCursor(), gapCursor()] });
  }

  private make_view(document: Node, add_photos: (files: File[]) => void): EditorView {
    return new EditorView(this.place, {
      state: this.state(document),
      attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label", dir: "auto", class: "writing" },
      nodeViews: { photo: (node) => new PhotoView(node, this.photos) },
      transformPastedHTML: clean_html,
      dispatchTransaction: (change) => {
        this.view.updateState(this.view.state.apply(change));
        this.toolbar.show(this.view.state);
        if (change.docChanged) this.changed();
      },
      handlePaste: (_, event) => this.take_files(event.clipboardData, add_photos),
      handleDrop: (_, event, __, moved) => !moved && this.take_files(event.dataTransfer, add_photos),
    });
  }
  private take_files(data: DataTransfer | null, add_photos: (files: File[]) => void): boolean {
    const files = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!files.length || data?.types.includes("text/html")) return false;
    add_photos(files);
    return true;
  }

  /** Brings what was typed into the text area. Cheap where nothing has changed. */
  sync(): void {
    const { doc } = this.view.state;
    if (this.plain || doc === this.written) return;
    this.text.value = to_markdown(doc);
    this.written = doc;
  }

  private load(): boolean {
    const read = from_markdown(this.text.value);
    if (!read) return false;
    this.written = read;
    this.view.updateState(this.state(read));
    return true;
  }
  private read_again(): void {
    if (!this.plain && !this.load()) this.show(true);
  }

  private change_to(plain: boolean): void {
    if (plain) this.sync();
    else if (!this.load()) return this.show(true);
    this.show(plain);
    this.hint.hidden = true;
    if (plain) this.text.focus();
    else this.view.focus();
  }
  private show(plain: boolean): void {
    this.plain = plain;
    this.hint.hidden = !plain;
    this.text.hidden = !plain;
    this.place.hidden = plain;
    this.toolbar.element.classList.toggle("plain-text", plain);
    this.switch_button.textContent = say(plain ? "rich" : "plain");
    if (!plain) this.toolbar.show(this.view.state);
  }

  // --- photos between the words ---

  private found(id: string): { node: Node; at: number } | undefined {
    let found: { node: Node; at: number } | undefined;
    this.view.state.doc.descendants((node, at) => {
      if (node.type === nodes.photo && node.attrs.id === id) found ??= { node, at };
      return node.isBlock && !node.isTextblock;
    });
    return found;
  }

  ids(): string[] {
    if (this.plain) return [];
    const ids: string[] = [];
    this.view.state.doc.descendants((node) => {
      if (node.type === nodes.photo) ids.push(node.attrs.id);
      return node.isBlock && !node.isTextblock;
    });
    return ids;
  }

  put(id: string): void {
    if (this.plain) {
      const at = this.text.selectionEnd;
      this.text.setRangeText(`\n\n![](photo:${id})\n\n`, at, at, "end");
      return this.changed();
    }
    const { $from } = this.view.state.selection;
    const after = $from.depth ? $from.after(1) : this.view.state.selection.to;
    const change = this.view.state.tr.insert(after, nodes.photo!.create({ id }));
    if (after + 1 === change.doc.content.size) change.insert(after + 1, nodes.paragraph!.create());
    change.setSelection(TextSelection.near(change.doc.resolve(after + 1)));
    this.view.dispatch(change.scrollIntoView());
  }

  take_out(id: string): void {
    const photo = this.found(id);
    if (photo) this.view.dispatch(this.view.state.tr.delete(photo.at, photo.at + photo.node.nodeSize));
  }

  move(id: string, by: -1 | 1): boolean {
    const photo = this.found(id);
    if (!photo) return false;
    const $at = this.view.state.doc.resolve(photo.at);
    const other = $at.parent.maybeChild($at.index() + by);
    if (!other) return false;
    const to = by < 0 ? photo.at - other.nodeSize : photo.at + other.nodeSize;
    this.view.dispatch(this.view.state.tr.delete(photo.at, photo.at + photo.node.nodeSize).insert(to, photo.node));
    return true;
  }
}
