// After a search changed the page in place a reader of the screen starts at the new results.

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.boosted) document.getElementById("main").focus({ preventScroll: true });
});
