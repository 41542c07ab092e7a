// What comes and goes above the box that somebody writes in leaves the box where it stands on the screen.

// `change()` is done, and what has the focus in the form stands as high as before. Gives what `change` gives.
export function still(change) {
  const held = document.activeElement?.closest("[data-write], .post__edit") ? document.activeElement : null;
  const before = held?.getBoundingClientRect().top;
  const given = change();
  if (held?.isConnected) {
    const moved = held.getBoundingClientRect().top - before;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
  }
  return given;
}

export const isWriting = () => Boolean(document.activeElement?.closest("[data-write], .post__edit"));
