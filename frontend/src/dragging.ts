// A row of a list is drawn to another place by its handle, with a mouse or a finger. Meanwhile the rows are small,
// so that the places it can go to are in sight.

const edge = 64;   // pixels from the window's edge within which it scrolls
const pace = 8;    // pixels a frame

const middle = (element: Element) => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};

/** Goes on until the pointer that pressed is let go; `end` is called once, with the row where it was left. */
export function drag_row(row: HTMLElement, handle: HTMLElement, begin: PointerEvent, end: () => void): void {
  const list = row.parentElement!;
  let at = begin.clientY;
  let dragging = true;

  // The others go around the row: taken out of the page itself, it would lose the pointer.
  const settle = () => {
    for (let other = row.previousElementSibling; other && at < middle(other); other = row.previousElementSibling) row.after(other);
    for (let other = row.nextElementSibling; other && at > middle(other); other = row.nextElementSibling) row.before(other);
  };
  const frame = () => {
    if (!dragging) return;
    if (at < edge) scrollBy(0, -pace);
    else if (at > innerHeight - edge) scrollBy(0, pace);
    settle();
    requestAnimationFrame(frame);
  };
  const follow = (event: PointerEvent) => {
    at = event.clientY;
  };

  begin.preventDefault();
  handle.setPointerCapture(begin.pointerId);
  list.classList.add("ordering");
  row.classList.add("dragged");
  scrollBy(0, middle(row) - at);
  requestAnimationFrame(frame);
  handle.addEventListener("pointermove", follow);
  handle.addEventListener("lostpointercapture", () => {
    dragging = false;
    settle();
    handle.removeEventListener("pointermove", follow);
    list.classList.remove("ordering");
    row.classList.remove("dragged");
    row.scrollIntoView({ block: "center" });
    end();
  }, { once: true });
}
