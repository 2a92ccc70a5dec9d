// "Leave quickly": the other site takes this page's place, so that the way back does not lead here again. Without
// this the link leads there all the same.

import { forget_copy } from "./help_copy.ts";

const most_wait = 100; // ms, for the copy to be forgotten

const link = document.querySelector<HTMLAnchorElement>("a.leave");
link?.addEventListener("click", (event) => {
  event.preventDefault();
  document.documentElement.hidden = true; // at once, however long the other site takes
  const go = () => location.replace(link.href);
  const waited = new Promise((enough) => setTimeout(enough, most_wait));
  Promise.race([forget_copy(), waited]).then(go, go); // once: a second would begin the way anew
});
