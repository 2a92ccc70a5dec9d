// The page of one photo: what its form says shows on the photo before it is sent, and the crop can be moved there.
// The fields stay what counts, and the form does everything without this.
//
// A crop counts on the whole photo, turned and straightened, so the whole photo must be on the page. What is shown
// there is the whole one while nothing has been done to it but turning. Else the original takes its place: as large as
// it came, so not before somebody touches the form. Where browsers show no original of its kind, the server names
// nothing whole and sends no script (show_whole in src/web/look_form.h): half a preview would promise what it is not.

import { element } from "./dom.ts";
import { read_words, say } from "./words.ts";

type Side = "left" | "top" | "right" | "bottom";
type Cuts = Record<Side, number>;

const opposite: Record<Side, Side> = { left: "right", right: "left", top: "bottom", bottom: "top" };
const corners: [Side, Side][] = [["top", "left"], ["top", "right"], ["bottom", "right"], ["bottom", "left"]];
const least = 5;       // percent of a side that stays (src/image/look.h)
const most_angle = 15; // degrees, likewise
const widest = 1024;   // pixels, as the page shows what is kept

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
// What moves goes by quarters of a percent, of which sums are exact: the last bit of two others would break `least`.
const quarters = (percent: number) => Math.round(percent * 4) / 4;
const hundredths = (percent: number) => Math.round(percent * 100) / 100; // as fine as the fields are

class LookForm {
  constructor(private readonly form: HTMLFormElement, private readonly changed: () => void) {
    form.addEventListener("input", changed);
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }
  private number(name: string): number {
    return Number(this.field(name).value) || 0;
  }
  label(side: Side): string {
    return this.field(side).labels![0]!.textContent!;
  }

  get turns(): number {
    return this.number("quarter_turns");
  }
  get angle(): number {
    return within(this.number("straighten"), -most_angle, most_angle);
  }
  get grey(): boolean {
    return this.field("black_and_white").checked;
  }
  get cuts(): Cuts {
    return { left: this.number("left"), top: this.number("top"), right: this.number("right"), bottom: this.number("bottom") };
  }
  private write(cuts: Cuts): void {
    for (const [side, cut] of Object.entries(cuts)) this.field(side).value = String(cut);
    this.changed();
  }

  /** The same part of the photo, a quarter turn further: what was the upper side is on the right, or on the left. */
  turn(right: boolean): void {
    const { left, top, right: end, bottom } = this.cuts;
    this.field("quarter_turns").value = String((this.turns + (right ? 1 : 3)) % 4);
    this.write(right ? { left: bottom, top: left, right: top, bottom: end } : { left: top, top: end, right: bottom, bottom: left });
  }

  /** Moves these sides from where they were `before`, by percent of the photo to the right and downwards. */
  move(sides: readonly Side[], before: Cuts, across: number, down: number): void {
    const cuts = { ...before };
    for (const side of sides) {
      const outwards = side === "right" || side === "bottom";
      const by = (side === "left" || side === "right" ? across : down) * (outwards ? -1 : 1);
      const both = sides.includes(opposite[side]); // the whole part moves: neither side passes the photo's border
      const most = both ? before[side] + before[opposite[side]] : Math.floor((100 - least - before[opposite[side]]) * 4) / 4;
      cuts[side] = hundredths(within(before[side] + quarters(by), 0, Math.max(0, most)));
    }
    this.write(cuts);
  }
}

// How much of each side straightening leaves; as inner_part in src/image/looking.cc.
function inner_part(wide: number, high: number, degrees: number): number {
  const turn = (Math.abs(degrees) * Math.PI) / 180;
  const cosine = Math.cos(turn), sine = Math.sin(turn);
  return Math.min(wide / (wide * cosine + high * sine), high / (wide * sine + high * cosine));
}

class Preview {
  private readonly box = element("span", { class: "crop-box" });
  private readonly stage: HTMLElement;
  private readonly handles: HTMLElement[];

  /** `turned`: quarter turns that the picture has already. */
  constructor(private readonly look: LookForm, private readonly place: HTMLElement, private readonly picture: HTMLImageElement, private readonly turned: number) {
    this.handles = corners.map((sides) => this.handle(sides));
    this.stage = element("span", { class: "look-stage" }, element("span", { class: "look-frame" }, picture, this.box), ...this.handles);
    this.drag(this.box, ["left", "top", "right", "bottom"]);
    place.replaceChildren(this.stage);
    place.classList.add("tried");
    this.show();
  }

  private handle(sides: [Side, Side]): HTMLElement {
    const name = sides.join("_");
    const handle = element("span", { class: `crop-corner ${sides.join(" ")}`, role: "slider", tabindex: "0", "aria-label": say(name), "aria-valuemin": "0", "aria-valuemax": "95" });
    handle.addEventListener("keydown", (event) => this.step(event, sides));
    this.drag(handle, sides);
    return handle;
  }

  // A percent, or five with the shift key.
  private step(event: KeyboardEvent, sides: readonly Side[]): void {
    const size = event.shiftKey ? 5 : 1;
    const way = { ArrowLeft: [-size, 0], ArrowRight: [size, 0], ArrowUp: [0, -size], ArrowDown: [0, size] }[event.key];
    if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const moved = sides.filter((side) => (side === "left" || side === "right" ? way[0] : way[1]));
    this.look.move(moved, this.look.cuts, way[0]!, way[1]!);
  }

  private drag(held: HTMLElement, sides: readonly Side[]): void {
    let end: AbortController | undefined;
    held.addEventListener("pointerdown", (begin) => {
      if (begin.button !== 0) return;
      begin.preventDefault();
      held.focus({ preventScroll: true });
      held.setPointerCapture(begin.pointerId);
      const { width, height } = this.stage.getBoundingClientRect();
      const before = this.look.cuts;
      const follow = (event: PointerEvent) => this.look.move(
        sides, before, ((event.clientX - begin.clientX) / width) * 100, ((event.clientY - begin.clientY) / height) * 100);
      end?.abort();
      end = new AbortController();
      held.addEventListener("pointermove", follow, { signal: end.signal });
    });
    held.addEventListener("lostpointercapture", () => end?.abort());
  }

  /** The photo as the fields say. */
  show(): void {
    const { turns, angle, grey, cuts } = this.look;
    const { naturalWidth, naturalHeight } = this.picture;
    const lies = (turns - this.turned) % 2 !== 0;
    const [wide, high] = lies ? [naturalHeight, naturalWidth] : [naturalWidth, naturalHeight];
    const set = (name: string, value: number | string) => this.place.style.setProperty(name, String(value));
    set("--most", `${Math.min(wide, widest * Math.min(1, wide / high))}px`);
    set("--shape", wide / high);
    set("--picture", `${(100 * naturalWidth) / wide}%`);
    set("--turned", `${(turns - this.turned) * 90 + angle}deg`);
    set("--larger", 1 / inner_part(wide, high, angle));
    for (const [side, cut] of Object.entries(cuts)) set(`--${side}`, `${within(cut, 0, 100)}%`);
    this.place.classList.toggle("grey", grey);
    this.place.classList.toggle("cut", Object.values(cuts).some((cut) => cut > 0));
    this.handles.forEach((handle, place) => {
      const sides = corners[place]!;
      handle.setAttribute("aria-valuenow", String(cuts[sides[1]]));
      handle.setAttribute("aria-valuetext", sides.map((side) => `${this.look.label(side)} ${cuts[side]} %`).join(", "));
    });
  }
}

function start(section: HTMLElement, place: HTMLElement, form: HTMLFormElement): void {
  read_words(section.querySelector("#look-words"));
  const said = element("span", { role: "status" }); // in a line that is there, so that nothing moves
  section.querySelector(".quiet")!.append(" ", said);
  form.querySelector(".crop .quiet")!.append(" ", say("by_hand"));
  let preview: Preview | undefined;
  const look = new LookForm(form, () => {
    said.textContent = say("unkept");
    preview?.show();
  });
  for (const button of section.querySelectorAll<HTMLButtonElement>("#turn-form button")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      look.turn(button.value === "right");
    });
  }

  const shown = place.querySelector("img")!;
  const begin = async () => {
    let whole = shown;
    if (shown.getAttribute("src") !== section.dataset.whole) whole = element("img", { src: section.dataset.whole!, alt: shown.alt });
    await whole.decode();
    preview = new Preview(look, place, whole, Number(section.dataset.turned));
  };
  // Where the photo cannot be had now, the fields can be typed all the same.
  const try_it = () => void begin().catch(() => undefined);
  if (shown.getAttribute("src") === section.dataset.whole) return try_it();
  const touched = new AbortController();
  for (const kind of ["focusin", "pointerdown"]) {
    section.addEventListener(kind, () => {
      touched.abort();
      try_it();
    }, { signal: touched.signal });
  }
}

const section = document.querySelector<HTMLElement>("section.look[data-whole]");
const place = document.querySelector<HTMLElement>(".own-photo"), form = document.getElementById("look-form");
const able = CSS.supports("aspect-ratio: 1"); // Safari before 15 cannot lay it out
if (section && place && form instanceof HTMLFormElement && able) start(section, place, form);
