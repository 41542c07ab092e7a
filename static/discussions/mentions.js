// Suggestions of people and organisations behind an @, for boxes with data-mentions="address to ask". The box stays a
// box to write in: the arrows reach the list while it is open, and a name that is typed out in full works as well.

const WAIT = 120;
const AT = /(?:^|[^\p{L}\p{N}_@/.:])@((?!\s)[^\n@]{0,60})$/u;
let number = 0;

export function enhance(box) {
  const kept = box.form.querySelector("[data-mentioned]");
  const list = document.createElement("div");
  list.className = "suggestions suggestions--mentions";
  list.id = `mentions-${(number += 1)}`;
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", document.documentElement.dataset.suggestions);
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.role = "status";
  box.parentElement.classList.add("suggests");
  box.after(list, told);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);

  const chosen = new Set();
  let at = -1;
  let timer;
  let asked = 0;
  let nobody = null; // what was typed when nobody was found: going on finds nobody either

  const close = () => {
    window.clearTimeout(timer);
    asked += 1;
    list.hidden = true;
    at = -1;
    box.removeAttribute("aria-activedescendant");
  };
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const typed = () => {
    if (box.selectionStart !== box.selectionEnd) return null;
    const found = AT.exec(box.value.slice(0, box.selectionStart));
    if (!found || [...chosen].some((name) => found[1].startsWith(name))) return null;
    return nobody !== null && found[1].startsWith(nobody) ? null : found[1];
  };
  const choose = (option) => {
    const before = AT.exec(box.value.slice(0, box.selectionStart));
    if (!before) return close();
    const { name, key } = option.dataset;
    box.setRangeText(`@${name} `, box.selectionStart - before[1].length - 1, box.selectionStart, "end");
    chosen.add(name);
    if (kept && !kept.value.split(" ").includes(key)) kept.value = `${kept.value} ${key}`.trim();
    close();
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const mark = (to) => {
    const all = options();
    at = (to + all.length) % all.length;
    all.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    box.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  const option = (one, index) => {
    const made = document.createElement("div");
    made.className = "suggestions__option";
    made.id = `${list.id}-${index}`;
    made.role = "option";
    made.setAttribute("aria-selected", "false");
    Object.assign(made.dataset, { name: one.name, key: one.key });
    made.textContent = one.name;
    if (one.byline) {
      const byline = document.createElement("span");
      byline.className = "suggestions__byline";
      byline.textContent = one.byline;
      made.append(" ", byline);
    }
    made.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(made);
    });
    return made;
  };
  const group = (name) => {
    const made = document.createElement("div");
    made.role = "group";
    made.setAttribute("aria-label", name);
    const heading = document.createElement("div");
    heading.className = "suggestions__group";
    heading.setAttribute("aria-hidden", "true");
    heading.textContent = name;
    made.append(heading);
    list.append(made);
    return made;
  };
  // Upwards where there is no room below it and more above; else it is brought into sight.
  const place = () => {
    list.classList.remove("suggestions--up");
    if (list.hidden) return;
    const seen = window.visualViewport; // what a telephone's keyboard leaves
    const bottom = seen ? seen.offsetTop + seen.height : window.innerHeight;
    const room = { above: list.parentElement.getBoundingClientRect().top, below: bottom - list.getBoundingClientRect().bottom };
    if (room.below >= 0) return;
    if (room.above >= list.offsetHeight) list.classList.add("suggestions--up");
    else list.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  const show = (found) => {
    list.replaceChildren();
    const groups = new Map();
    found.forEach((one, index) => {
      if (!groups.has(one.group)) groups.set(one.group, group(one.group));
      groups.get(one.group).append(option(one, index));
    });
    at = -1;
    list.hidden = found.length === 0;
    place();
    const { suggested } = document.documentElement.dataset;
    told.textContent = found.length ? suggested.replace("{number}", found.length) : "";
    box.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const text = typed();
    if (text === null) return close();
    const mine = (asked += 1);
    try {
      const answer = await fetch(`${box.dataset.mentions}?q=${encodeURIComponent(text.trim())}`);
      if (!answer.ok) return;
      const { results } = await answer.json();
      if (mine !== asked || document.activeElement !== box) return;
      if (!results.length && text) nobody = text;
      show(results);
    } catch {
      close(); // a poor line: a name typed in full works without
    }
  };

  box.addEventListener("input", () => {
    window.clearTimeout(timer);
    if (nobody !== null && !AT.exec(box.value.slice(0, box.selectionStart))?.[1].startsWith(nobody)) nobody = null;
    if (typed() === null) return close();
    timer = window.setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) choose(options()[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  box.addEventListener("blur", () => window.setTimeout(close, 100));
  box.form.addEventListener("reset", () => {
    chosen.clear();
    if (kept) kept.value = "";
    close();
  });
}
