// The page of one's photos, and that of an album: files are sent as soon as they are chosen, and each shows itself
// once it is kept. Of what lies in a sealed album the server tells no more than that it has arrived.

import { element } from "./dom.ts";
import type { Arrived } from "./sending.ts";
import { Uploads } from "./uploads.ts";
import { read_words, say } from "./words.ts";

function show(photo: Arrived, row: HTMLElement): void {
  if (!photo.id) return row.replaceChildren(element("span", { dir: "auto" }, photo.name), element("span", { class: "quiet" }, say("arrived")));
  const link = { href: photo.shown ? `/photos/${photo.id}` : `/photos/${photo.id}/original` };
  if (!photo.shown) return row.replaceChildren(element("b", { dir: "auto" }, photo.name), say("uploaded_unshown"), element("a", link, say("original")));
  const scale = Math.min(1, 320 / Math.max(photo.width!, photo.height!));
  const [width, height] = [photo.width!, photo.height!].map((side) => String(Math.max(1, Math.round(side * scale))));
  const picture = element("img", { src: `/photos/${photo.id}/320`, alt: say("uploaded"), width: width!, height: height! });
  row.replaceChildren(element("a", link, picture));
}

function start(form: HTMLFormElement): void {
  read_words(document.querySelector("#upload-words"));
  const files = form.querySelector<HTMLInputElement>("input[type=file]")!;
  const said = element("span", { role: "status" }); // in a line that is there, so that nothing moves
  const { album } = form.dataset;
  const uploads = new Uploads(form, show, (sentence) => (said.textContent = sentence), album ? { album } : {});
  form.querySelector(".quiet")!.append(" ", said);
  files.addEventListener("change", () => {
    uploads.take([...(files.files ?? [])]);
    files.value = "";
  });
  addEventListener("beforeunload", (event) => uploads.under_way && event.preventDefault());
}

const form = document.getElementById("add-photos");
if (form instanceof HTMLFormElement) start(form);
