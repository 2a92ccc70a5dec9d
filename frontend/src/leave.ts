// "Leave quickly": the other site takes this page's place, so that the way back does not lead here again. Without
// this the link leads there all the same.

import { forget_copy } from "./help_copy.ts";

const most_wait = 100; // ms, for the copy to be forgotten

const link = document.querySelector<HTMLAnchorElement>("a.leave");
link?.addEventListener("click", (event) => {
  event.preventDefault();
  const go = () => location.replace(link.href);
  forget_copy().then(go, go);
  setTimeout(go, most_wait);
});
