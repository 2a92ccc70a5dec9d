// Turning a story's photos over with the arrow keys or a finger. Everything here is a link of the page besides,
// so that nothing is missing where this does not run.

const link = (rel) => document.querySelector(`.turning a[rel="${rel}"]`);
const right_to_left = getComputedStyle(document.documentElement).direction === "rtl";

// Enlarged by the reader, the page is moved about instead.
const enlarged = () => (window.visualViewport?.scale ?? 1) > 1.01 || document.documentElement.scrollWidth > innerWidth + 1;

function turn(to_the_right) {
  if (!enlarged()) link(to_the_right === right_to_left ? "prev" : "next")?.click();
}

addEventListener("keydown", (event) => {
  const other = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented;
  if (other || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
  turn(event.key === "ArrowRight");
});

// Drawn sideways, a finger would go back in the browser's history besides, and one would undo the other.
document.documentElement.style.overscrollBehaviorX = "none";

let begun = null;

addEventListener("touchstart", ({ touches }) => {
  // From the edge of the glass a finger turns the browser's own pages.
  const alone = touches.length === 1 && touches[0].clientX > 24 && touches[0].clientX < innerWidth - 24;
  begun = alone ? { x: touches[0].clientX, y: touches[0].clientY } : null;
}, { passive: true });

addEventListener("touchend", ({ touches, changedTouches }) => {
  if (!begun || touches.length) return;
  const along = changedTouches[0].clientX - begun.x, across = changedTouches[0].clientY - begun.y;
  begun = null;
  // Drawn to the left, what is on the right comes.
  if (Math.abs(along) > 60 && Math.abs(along) > 2 * Math.abs(across)) turn(along < 0);
}, { passive: true });
