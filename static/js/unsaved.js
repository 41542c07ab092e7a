// Asks before a page with unsaved answers is left, for forms with data-guard-unsaved.

document.querySelectorAll("form[data-guard-unsaved]").forEach((form) => {
  let changed = false;
  let sent = false;
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    sent = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !sent) event.preventDefault();
  });
});
