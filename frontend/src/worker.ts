// Shows the kept page of helplines where the network does not answer, and has no say in anything else: neither other
// pages nor photos pass here.

import { copy_name } from "./help_copy.ts";

interface Asked extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const most_wait = 3000; // ms

const kept = (address: string) => caches.match(address, { cacheName: copy_name, ignoreVary: true });

async function page(request: Request): Promise<Response> {
  const network = fetch(request);
  const well = network.then((answer) => (answer.status < 500 ? answer : Promise.reject(answer)));
  const late = new Promise<never>((_, give_up) => setTimeout(give_up, most_wait));
  return Promise.race([well, late]).catch(async () => (await kept("/help")) ?? network);
}

addEventListener("fetch", (event) => {
  const asked = event as Asked;
  const { method, mode, url } = asked.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && pathname === "/help") asked.respondWith(page(asked.request));
  else if (pathname.startsWith("/assets/")) asked.respondWith(kept(url).then((file) => file ?? fetch(asked.request)));
});
