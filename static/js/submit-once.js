// A second press of a button that is still on its way sends nothing. The server minds doubles too; this spares the wait.

const PATIENCE = 8000; // then it may be sent again: a line that stalled or was stopped tells us nothing

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  window.setTimeout(() => delete form.dataset.sent, PATIENCE);
});

// Coming back with the browser's button shows the form as it was: it may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
