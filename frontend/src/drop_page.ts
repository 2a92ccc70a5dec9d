// The page behind a drop link: photos are sent as soon as they are chosen, and each says when it has arrived. What
// has come in this visit stands there once all are through.

import { element } from "./dom.ts";
import { Uploads } from "./uploads.ts";
import { read_words, say } from "./words.ts";

function start(form: HTMLFormElement): void {
  read_words(document.querySelector("#upload-words"));
  const files = form.querySelector<HTMLInputElement>("input[type=file]")!;
  const said = element("p", { role: "status", class: "quiet" });
  const uploads: Uploads = new Uploads(
    form,
    (_, row) => row.replaceChildren(element("span", { class: "quiet" }, say("arrived"))),
    (sentence) => {
      said.textContent = sentence;
      if (!uploads.under_way && !document.querySelector(".uploads [role=alert]")) location.reload();
    },
    { drop: "yes" },
  );
  form.append(said);
  form.querySelector("button")!.hidden = true;
  files.required = false;
  files.addEventListener("change", () => {
    uploads.take([...(files.files ?? [])]);
    files.value = "";
  });
  addEventListener("beforeunload", (event) => uploads.under_way && event.preventDefault());
}

const form = document.getElementById("drop-photos");
if (form instanceof HTMLFormElement) start(form);
