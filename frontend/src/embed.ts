// "Where to get help" in pages of others (docs/help-embed.md): the block takes its place after the script that names it.
// The country is the one that the page names, else that of the reader's languages, and is changed in one tap;
// nothing is kept, and how it looks is the page's own affair. Nodes are made one by one, so the strictest policies
// of pages let it run.

import { element } from "./dom.ts";

interface Way {
  label: string;
  number: string;
  vanity?: string;
  href: string;
  status?: string;
}
interface Line {
  name: string;
  lang: string;
  who?: string;
  ways: Way[];
  status?: string;
  open?: boolean;
  hours?: string;
  more?: string;
  check?: string;
  source: { sure: string; name: string; href: string; dated: string };
}
interface Block {
  lang: string;
  dir: string;
  heading: string;
  country: string;
  country_name: string;
  choose: string;
  said: string;
  groups: { heading: string; lines: Line[] }[];
  all: { said: string; href: string };
  countries: [code: string, name: string][];
}

// What the block is called in each language; the server puts it here.
const headings = "@headings@" as unknown as Record<string, string>;

const script = document.currentScript as HTMLScriptElement;
const house = script.src;
const { topic = "", country = "", lang = "" } = script.dataset;

// The region of the language that the reader wants most, or of the next that is the same one.
function region(): string {
  const wanted = navigator.languages.map((tag) => new Intl.Locale(tag));
  const found = wanted.find((locale) => locale.region && locale.language === wanted[0]!.language)?.region ?? "";
  return found.length === 2 ? found : "";
}

async function ask(code: string): Promise<Block> {
  const address = new URL("embed", house);
  for (const word of topic.split(/[\s,]+/)) address.searchParams.append("topic", word);
  address.searchParams.set("country", code);
  address.searchParams.set("lang", lang);
  const answer = await fetch(address.href, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(`${address.href}: ${answer.status}`);
  return answer.json();
}

const part = (name: string) => ({ class: `keepsake-help-${name}` });
function link(href: string, ...inside: (Node | string)[]): HTMLAnchorElement {
  const shown = element("a", { href: new URL(href, house).href, rel: "noopener noreferrer" }, ...inside);
  // Large enough for a finger, whatever the page's own looks (WCAG 2.2, 2.5.8).
  shown.style.display = "inline-block";
  shown.style.paddingBlock = ".6em";
  return shown;
}
const number = (text: string) => element("bdi", { dir: "ltr" }, text);

function show_way({ label, number: printed, vanity, href, status }: Way): Node {
  const shown = element("li", part("way"), link(href, `${label} `, number(printed), ...(vanity ? [" ", number(`(${vanity})`)] : [])));
  if (status) shown.append(` ${status}`);
  return shown;
}

function show_line(line: Line): Node {
  const { source } = line;
  const shown = element("li", part("line"), element("h4", { ...part("name"), lang: line.lang, dir: "auto" }, line.name));
  if (line.who) shown.append(element("p", { ...part("who"), lang: "en", dir: "ltr" }, line.who));
  shown.append(element("ul", part("ways"), ...line.ways.map(show_way)));
  if (line.status) shown.append(element("p", { class: `keepsake-help-status${line.open ? " open" : ""}` }, line.status));
  if (line.hours) shown.append(element("p", part("hours"), line.hours));
  if (line.more) shown.append(element("p", { ...part("more"), lang: "en", dir: "auto" }, line.more));
  if (line.check) shown.append(element("p", part("check"), line.check));
  shown.append(element("p", part("source"), `${source.sure} `, link(source.href, number(source.name)), `, ${source.dated}`));
  return shown;
}

function show_lines({ groups, all }: Block): Node[] {
  const shown = groups.flatMap(({ heading, lines }) => [element("h3", part("group"), heading), element("ul", part("lines"), ...lines.map(show_line))]);
  return [...shown, element("p", part("all"), link(all.href, all.said))];
}

function show(block: Block): void {
  const id = `keepsake-help-${document.querySelectorAll(".keepsake-help").length}`;
  const choice = element("select", {}, ...block.countries.map(([value, name]) => element("option", { value }, name)));
  // A country without lines of its own stands in no list.
  if (!block.countries.some(([code]) => code === block.country)) choice.prepend(element("option", { value: block.country }, block.country_name));
  choice.value = block.country;
  const said = element("p", { ...part("said"), role: "status" }, block.said);
  const lines = element("div", {}, ...show_lines(block));
  choice.addEventListener("change", async () => {
    const code = choice.value;
    const next = await ask(code).catch(() => undefined);
    if (choice.value !== code) return; // yet another was chosen meanwhile
    said.textContent = next?.said ?? "";
    lines.replaceChildren(...(next ? show_lines(next) : [element("p", part("all"), link(block.all.href, block.heading))]));
  });
  script.after(element("section", { class: "keepsake-help", lang: block.lang, dir: block.dir, "aria-labelledby": id },
    element("h2", { id }, block.heading),
    element("p", part("country"), element("label", {}, `${block.choose} `, choice)),
    said, lines));
}

// Where the lines cannot be had, the way to them can: to all of them, for it may be the topic that is mistyped.
function show_way_there(): void {
  const known = navigator.languages.map((tag) => tag.split("-")[0]!).find((tag) => tag in headings) ?? "en";
  script.after(element("p", { class: "keepsake-help", lang: known, dir: "auto" }, link("/help", headings[known]!)));
}

// A country that there is none of must not keep the block away.
Promise.resolve().then(() => ask(country || region())).catch(() => ask("")).then(show).catch(show_way_there);
