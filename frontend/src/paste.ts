// What other programs put on the clipboard, cleaned before the editor reads it: words, headings, lists, quotes
// and links stay, whatever Word and its kin say about looks goes.

import { element } from "./dom.ts";

const dropped = "style, script, meta, link, title, xml, object, iframe, svg, img, input, button, head";

function remove_comments(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
}

// The policy of the page refuses every style, also while it is only being read: so it is read under another name.
const without_styles = (html: string) => html
  .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
const style_of = (node: Element) => node.getAttribute("data-style") ?? "";

function unwrap(node: Element): void {
  node.replaceWith(...node.childNodes);
}

/** One item of a list that Word sets as a paragraph: how deep, and whether it is numbered. */
interface Item {
  node: HTMLElement;
  level: number;
  ordered: boolean;
}

function item_of(node: HTMLElement): Item | undefined {
  const level = /mso-list:[^;]*level(\d+)/i.exec(style_of(node));
  if (!level && !/MsoListParagraph/.test(node.className)) return undefined;
  const marker = [...node.querySelectorAll("[data-style]")].find((one) => /mso-list:\s*ignore/i.test(style_of(one)));
  const ordered = /^\s*(\d+|[a-z]|[ivx]+)[.)]/i.test(marker?.textContent ?? "");
  marker?.remove();
  return { node, level: Number(level?.[1] ?? 1), ordered };
}

function make_lists(root: Element): void {
  let open: { list: HTMLElement; level: number }[] = [];
  for (const node of [...root.querySelectorAll<HTMLElement>("p, h1, h2, h3, h4, h5, h6, div, table, blockquote")]) {
    const item = node.tagName === "P" ? item_of(node) : undefined;
    if (!item) {
      if (!node.querySelector("p")) open = [];
      continue;
    }
    while (open.length && open[open.length - 1]!.level > item.level) open.pop();
    let last = open[open.length - 1];
    const entry = element("li", {}, element("p", {}, ...item.node.childNodes));
    if (!last || last.level < item.level) {
      const list = element(item.ordered ? "ol" : "ul");
      const parent = last?.list.lastElementChild;
      if (parent) parent.append(list);
      else item.node.before(list);
      last = { list, level: item.level };
      open.push(last);
    }
    last.list.append(entry);
    item.node.remove();
  }
}

/** For ProseMirror's transformPastedHTML. */
export function clean_html(html: string): string {
  if (html.includes("data-pm-slice")) return html; // our own
  const page = new DOMParser().parseFromString(without_styles(html), "text/html");
  const root = page.body;
  for (const node of root.querySelectorAll(dropped)) node.remove();
  remove_comments(root);
  make_lists(root);
  for (const node of [...root.querySelectorAll("*")]) {
    if (/display:\s*none|mso-hide:\s*all/i.test(style_of(node))) node.remove();
    else if (node.tagName.includes(":") || node.id.startsWith("docs-internal-guid")) unwrap(node);
    else if (/^Mso(Title|Subtitle)$/.test(node.className)) rename(node, "h2");
  }
  for (const node of root.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    if (!(node.textContent ?? "").replace(/\u00a0/g, " ").trim() && !node.querySelector("figure, br")) node.remove();
  }
  return root.innerHTML.replace(/&nbsp;/g, " ");
}

function rename(node: Element, name: "h2"): void {
  node.replaceWith(element(name, {}, ...node.childNodes));
}
