// Where to get help, on the page of somebody else: `<script src="https://HOST/help/embed.js" data-topic="bereavement"
// async></script>` becomes the block for the reader's country. Data-country and data-lang name another; several topics
// are parted by spaces. It brings no style, keeps nothing on the device, sends no cookie and does not tell which page
// it stands on. Nodes are made one by one, so that it works where a page allows no markup from scripts.

export {}; // a module of its own

interface Way {
  say: string;
  number: string;
  href: string;
  letters?: string;
}
interface Line {
  name: string;
  ways: Way[];
  dated: string;
  lang?: string;
  who?: string;
  check?: string;
  status?: string;
}
interface Block {
  heading: string;
  lang: string;
  dir: string;
  country: string;
  label: string;
  countries: [code: string, name: string][];
  groups: { heading: string; lines: Line[] }[];
  more: string;
  unknown?: string;
}

const script = document.currentScript as HTMLScriptElement;
const here = new URL(script.src);
const { topic = "", country = "", lang = "" } = script.dataset;
const id = `keepsake-help-${Math.random().toString(36).slice(2)}`;

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, text = "", parts: Node[] = []): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.textContent = text;
  element.append(...parts);
  return element;
}

function link(href: string, text: string): HTMLAnchorElement {
  const element = make("a", text);
  element.href = href;
  element.rel = "noopener noreferrer";
  // Big enough for a finger, whatever the page's own looks (WCAG 2.2, 2.5.8).
  element.style.display = "inline-block";
  element.style.paddingBlock = ".6em";
  return element;
}

function address(path: string, chosen: string): URL {
  const there = new URL(path, here);
  for (const one of topic.split(/[\s,]+/)) if (one) there.searchParams.append("topic", one);
  if (chosen) there.searchParams.set("country", chosen);
  return there;
}

async function ask(chosen: string): Promise<Block> {
  const there = address("/help/embed", chosen);
  if (lang) there.searchParams.set("lang", lang);
  const answer = await fetch(there.href, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function item({ name, ways, dated, lang: spoken, who, check, status }: Line): HTMLLIElement {
  const title = make("strong", name);
  if (spoken) title.lang = spoken;
  const entry = make("li", "", [title]);
  if (who) {
    const about = make("p", who);
    about.lang = "en";
    entry.append(about);
  }
  entry.append(make("ul", "", ways.map((way) => {
    const to = link(way.href, `${way.say} `);
    for (const part of [way.number, way.letters && `(${way.letters})`]) {
      if (!part) continue;
      const number = make("bdi", part);
      number.dir = "ltr";
      to.append(number, " ");
    }
    return make("li", "", [to]);
  })));
  for (const text of [status, check, dated]) if (text) entry.append(make("p", text));
  return entry;
}

function fill(lines: HTMLElement, block: Block): void {
  lines.replaceChildren();
  if (block.unknown) lines.append(make("p", block.unknown));
  for (const { heading, lines: all } of block.groups) lines.append(make("h3", heading), make("ul", "", all.map(item)));
  lines.append(make("p", "", [link(address("/help", block.country).href, block.more)]));
}

function show(block: Block): void {
  const heading = make("h2", block.heading);
  heading.id = id;
  const choice = make("select");
  for (const [code, name] of block.countries) choice.add(new Option(name, code, code === block.country, code === block.country));
  if (choice.value !== block.country) choice.add(new Option(block.country, block.country, true, true), 0);
  const lines = make("div");
  lines.setAttribute("aria-live", "polite");
  choice.addEventListener("change", () => {
    ask(choice.value).then((next) => fill(lines, next), () => lines.replaceChildren(link(address("/help", choice.value).href, block.more)));
  });
  const section = make("section", "", [heading, make("p", "", [make("label", `${block.label} `, [choice])]), lines]);
  section.className = "keepsake-help";
  section.lang = block.lang;
  section.dir = block.dir;
  section.setAttribute("aria-labelledby", id);
  fill(lines, block);
  script.after(section);
}

ask(country).then(show, () => script.after(make("p", "", [link(address("/help", country).href, "Where to get help")])));
