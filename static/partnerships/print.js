// The button that prints: there for who has scripts. What is folded is open on paper, in browsers too whose styles cannot say so.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On a wide screen nothing is folded: said to who hears the page, too.
if (window.matchMedia("(width >= 56rem)").matches) for (const fold of document.querySelectorAll("details.fold")) fold.open = true;

let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.fold:not([open])")];
  for (const fold of opened) fold.open = true;
});
window.addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
});
