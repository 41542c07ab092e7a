// The number of what is new in the inbox, beside the person's name: it changes while a page stands.

import { hold } from "../discussions/line.js";

const menu = document.querySelector("[data-inbox]");

function show(number) {
  const told = menu.querySelector("[data-inbox-number]");
  told.hidden = !number;
  told.querySelector("[aria-hidden]").textContent = number;
  told.querySelector(".visually-hidden").textContent = menu.dataset.inbox.replace("{new}", number);
  const line = menu.querySelector("[data-inbox-count]");
  line.hidden = !number;
  line.textContent = `(${number})`;
}

function heard(frame) {
  if (frame.t === "inbox") show(frame.n);
}

// A discussion's page has a line of its own, and passes on what it does not know.
if (document.getElementById("thread")) document.addEventListener("live", ({ detail }) => heard(detail));
else if (menu) {
  const begin = () => hold(`${window.location.origin.replace(/^http/, "ws")}/live/`, { heard, ask() {}, told() {} });
  if (document.visibilityState === "visible") window.setTimeout(begin, 1500);
  else document.addEventListener("visibilitychange", begin, { once: true });
}
