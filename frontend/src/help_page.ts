// The page of helplines: it keeps a copy of itself on this device, so that the numbers are there without a network too.
// Kept is the page of the country with every line, never what somebody looked for: whoever holds the device later
// learns from it no more than where its reader lives.
//
// Whether a line is open now is right for a few minutes only: a copy, or a page that stood open longer, does not show it.

import { copy_name } from "./help_copy.ts";

const right_for = 10 * 60_000; // ms

const said = document.querySelector<HTMLElement>(".kept")!;
const country = document.querySelector<HTMLSelectElement>("select[name=country]")!.value;

async function keep(): Promise<void> {
  const copy = await caches.open(copy_name); // first: from a copy that is forgotten meanwhile nothing is left
  const scripts = [...document.scripts].map(({ src }) => src);
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet], link[rel=icon]")].map(({ href }) => href);
  // As nobody in particular, in the language of this page.
  const headers = { Accept: "text/html", "Accept-Language": document.documentElement.lang };
  const answer = await fetch(`/help?country=${country}`, { credentials: "omit", headers });
  if (!answer.ok) return;
  const page = (await answer.text()).replace(" hidden data-made=", " data-made=");
  const parts = [...scripts, ...links];
  await copy.addAll(parts);
  await copy.put("/help", new Response(page, { headers: answer.headers }));
  // What an earlier copy was made of goes last, so that there is always one that is whole.
  const needed = new Set([new URL("/help", location.href).href, ...parts]);
  for (const old of await copy.keys()) if (!needed.has(old.url)) await copy.delete(old);
}

if (said.hidden) {
  const opened = Date.now();
  const look = () => {
    if (Date.now() - opened > right_for) said.hidden = false;
  };
  for (const moment of ["pageshow", "focus"]) addEventListener(moment, look);
  setInterval(look, 60_000);
  // Where a browser keeps nothing, private windows among them, the page is what it is without.
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register("/help/worker.js", { scope: "/help" }).then(keep).catch(() => undefined);
  }
}
