// The writing page: the plain form, which does everything without this, comes to keep what is typed, to send
// photos as they are chosen, and to show the words as readers will see them.

import { Autosave } from "./autosave.ts";
import { Device } from "./device.ts";
import { Editor } from "./editor.ts";
import { Form } from "./form.ts";
import { Photos } from "./photos.ts";
import type { Arrived } from "./sending.ts";
import { Status } from "./status.ts";
import { Uploads } from "./uploads.ts";
import { read_words, say } from "./words.ts";

const by_id = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind;

async function start(element: HTMLFormElement): Promise<void> {
  read_words(by_id<HTMLTemplateElement>("writing-words"));
  element.classList.add("scripted");
  const status = new Status(element.querySelector(".words-field")!);
  let autosave: Autosave | undefined;
  const touched = (): void => autosave?.touched();

  const photos = new Photos(element.querySelector(".photo-rows")!, by_id<HTMLTemplateElement>("new-photo"), touched, (said) => status.announce(said));
  const form = new Form(element, photos);
  const files = by_id<HTMLInputElement>("files");
  const add = ({ id, shown }: Arrived) => {
    if (!shown) return;
    photos.add({ id, alt: "", caption: "", credit: "" });
    touched();
  };
  const uploads = new Uploads(files.closest("p")!, add, (said) => status.announce(said));
  const editor = new Editor(by_id<HTMLTextAreaElement>("body"), photos, touched, (chosen) => uploads.take(chosen, (photo) => {
    add(photo);
    if (photo.shown) editor.put(photo.id);
  }));
  photos.between = editor;
  photos.number();

  files.addEventListener("change", () => {
    uploads.take([...(files.files ?? [])]);
    files.value = "";
  });

  autosave = new Autosave(form, status, () => {
    editor.sync();
    photos.number();
  });
  element.addEventListener("input", touched);
  element.addEventListener("change", touched);
  watch(element, autosave, uploads);
  // Typing waits for no disk.
  const device = await Device.of(form.hidden("person"), element.dataset.deviceKey ?? "");
  if (await autosave.look_back(device)) status.announce(say("restored"));
  element.dataset.ready = "true";
}

function watch(element: HTMLFormElement, autosave: Autosave, uploads: Uploads): void {
  let sending = false;
  element.addEventListener("submit", (event) => {
    if (sending || !autosave.needs_settling) return;
    event.preventDefault();
    const submitter = (event as SubmitEvent).submitter as HTMLElement | null;
    void autosave.settle().then(() => {
      sending = true;
      if (submitter) submitter.click();
      else element.submit();
    });
  });
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? autosave.leave() : autosave.come_back()));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  window.addEventListener("online", () => autosave.come_back());
  window.addEventListener("beforeunload", (event) => {
    if (!sending && uploads.under_way) event.preventDefault();
  });
}

const form = document.getElementById("story-form");
if (form instanceof HTMLFormElement) void start(form);
