// Markdown and the document of the editor, each into the other. What the editor cannot show (tables, HTML)
// stays plain text: nothing that was written is changed by being looked at.

import MarkdownIt from "markdown-it";
import type StateCore from "markdown-it/lib/rules_core/state_core.mjs";
import type Token from "markdown-it/lib/token.mjs";
import { defaultMarkdownSerializer, MarkdownParser, MarkdownSerializer, schema as common } from "prosemirror-markdown";
import { type Node, type NodeSpec, type NodeType, Schema } from "prosemirror-model";

const photo: NodeSpec = {
  group: "block",
  atom: true,
  draggable: true,
  attrs: { id: {}, text: { default: "" } },
  parseDOM: [{ tag: "figure[data-photo-id]", getAttrs: (dom) => ({ id: dom.dataset.photoId }) }],
  toDOM: (node) => ["figure", { "data-photo-id": node.attrs.id }],
};

// The story's own title is the page's first heading, so "# " is the second.
const heading: NodeSpec = {
  ...common.spec.nodes.get("heading")!,
  content: "inline*",
  parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.max(1, level - 1) } })),
  toDOM: (node) => [`h${Math.min(node.attrs.level + 1, 6)}`, 0],
};

export const schema = new Schema({
  nodes: common.spec.nodes.remove("image").update("heading", heading).addToEnd("photo", photo),
  marks: common.spec.marks.addToEnd("strike", {
    parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }],
    toDOM: () => ["del", 0],
  }),
});

const photo_link = /^photo:([a-z2-7]{26})$/;
const photo_of = (token: Token) => (token.type === "image" ? photo_link.exec(token.attrGet("src") ?? "") : null);

/** The pieces of a paragraph: runs of words, and photos, which stand between them as blocks of their own. */
function pieces(children: Token[]): (Token[] | Token)[] {
  const found: (Token[] | Token)[] = [];
  let run: Token[] = [];
  let open = 0; // marks that are not closed cannot be parted
  for (const token of children) {
    open += token.nesting;
    if (photo_of(token) && open === 0) {
      found.push(run, token);
      run = [];
    } else {
      run.push(token);
    }
  }
  return [...found, run];
}

function without_breaks(run: Token[]): Token[] {
  const is_empty = (token: Token | undefined) => token !== undefined && (token.type === "softbreak" || (token.type === "text" && !token.content.trim()));
  while (is_empty(run[0])) run.shift();
  while (is_empty(run[run.length - 1])) run.pop();
  return run;
}

/** Photos come out of their paragraphs, as the page that readers get shows them (src/html). */
function lift_photos(state: StateCore): void {
  const lifted: Token[] = [];
  for (let at = 0; at < state.tokens.length; at++) {
    const token = state.tokens[at]!;
    const inline = state.tokens[at + 1];
    if (token.type !== "paragraph_open" || !inline?.children?.some((child) => photo_of(child))) {
      lifted.push(token);
      continue;
    }
    for (const piece of pieces(inline.children)) lifted.push(...block_of(state, token, piece, state.tokens[at + 2]!));
    at += 2;
  }
  state.tokens = lifted;
}

function block_of(state: StateCore, open: Token, piece: Token[] | Token, close: Token): Token[] {
  if (!Array.isArray(piece)) {
    const token = new state.Token("photo", "", 0);
    token.block = true;
    token.attrSet("id", photo_of(piece)![1]!);
    token.content = piece.content;
    return [token];
  }
  const run = without_breaks(piece);
  if (!run.length) return [];
  const words = new state.Token("inline", "", 0);
  words.children = run;
  words.content = run.map((token) => token.content).join("");
  return [open, words, close];
}

const markdown = MarkdownIt("default", { html: true, linkify: false, typographer: false });
markdown.core.ruler.push("photos", lift_photos);
markdown.validateLink = () => true; // the server decides where links lead; here they are only kept

const list_is_tight = (tokens: readonly Token[], at: number): boolean => {
  while (++at < tokens.length) if (tokens[at]!.type !== "list_item_open") return tokens[at]!.hidden;
  return false;
};

const parser = new MarkdownParser(schema, markdown, {
  blockquote: { block: "blockquote" },
  paragraph: { block: "paragraph" },
  list_item: { block: "list_item" },
  bullet_list: { block: "bullet_list", getAttrs: (_, tokens, at) => ({ tight: list_is_tight(tokens, at) }) },
  ordered_list: { block: "ordered_list", getAttrs: (token, tokens, at) => ({ order: Number(token.attrGet("start") ?? 1), tight: list_is_tight(tokens, at) }) },
  heading: { block: "heading", getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
  code_block: { block: "code_block", noCloseToken: true },
  fence: { block: "code_block", getAttrs: (token) => ({ params: token.info || "" }), noCloseToken: true },
  hr: { node: "horizontal_rule" },
  photo: { node: "photo", getAttrs: (token) => ({ id: token.attrGet("id"), text: token.content }) },
  hardbreak: { node: "hard_break" },
  em: { mark: "em" },
  strong: { mark: "strong" },
  s: { mark: "strike" },
  link: { mark: "link", getAttrs: (token) => ({ href: token.attrGet("href"), title: token.attrGet("title") || null }) },
  code_inline: { mark: "code", noCloseToken: true },
});

const { image: _image, ...nodes } = defaultMarkdownSerializer.nodes;
const serializer = new MarkdownSerializer(
  {
    ...nodes,
    photo(state, node) {
      state.write(`![${state.esc(node.attrs.text)}](photo:${node.attrs.id})`);
      state.closeBlock(node);
    },
  },
  {
    ...defaultMarkdownSerializer.marks,
    strike: { open: "~~", close: "~~", mixable: true, expelEnclosingWhitespace: true },
  },
  // What was typed as a sign must not become HTML or an entity.
  { escapeExtraCharacters: /[<&]/g },
);

const lists: NodeType[] = [schema.nodes.bullet_list!, schema.nodes.ordered_list!];
const written = new WeakMap<Node, string>(); // of the blocks of a document; what is not changed stays the same node

function block_text(block: Node): string {
  const known = written.get(block);
  if (known !== undefined) return known;
  const text = serializer.serialize(schema.topNodeType.create(null, block));
  written.set(block, text);
  return text;
}

/** Block by block, so that a word typed into a long text costs its own paragraph alone. */
export function to_markdown(document: Node): string {
  let text = "";
  document.forEach((block, _, place) => {
    const own = block_text(block);
    const before = place > 0 ? document.child(place - 1).type : undefined;
    // Two lists of one kind would become one.
    if (own && text) text += lists.includes(block.type) && before === block.type ? "\n\n\n" : "\n\n";
    text += own;
  });
  return text;
}

/** The text as the editor shows it; nothing if that would lose any of it. */
export function from_markdown(text: string): Node | undefined {
  try {
    const document = parser.parse(text);
    return document.eq(parser.parse(to_markdown(document))) ? document : undefined;
  } catch {
    return undefined;
  }
}
