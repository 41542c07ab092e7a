// Suggestions while typing: places for boxes with data-suggest="places", organisations for "organisations", entries of
// public registers for "registers", tags for "tags", anything with a page of its own, in groups, for "search". A combobox as the ARIA practices describe it; without this script the box works as it is.

const WAIT = 120;
const ADDRESSES = { places: "/places/suggest/", search: "/search/suggest/", organisations: "/organisations/suggest/", registers: "/organisations/suggest/registers/", tags: "/tags/suggest/" };
let number = 0;

function last(text) {
  const at = text.lastIndexOf(",");
  return at < 0 ? ["", text] : [text.slice(0, at + 1) + " ", text.slice(at + 1)];
}

function enhance(box) {
  const many = box.name === "more" || "many" in box.dataset;
  const list = document.createElement("div");
  list.className = "suggestions";
  list.id = `suggestions-${(number += 1)}`;
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", document.documentElement.dataset.suggestions);
  box.parentElement.classList.add("suggests");
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.role = "status";
  box.after(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    autocomplete: "off",
  })) box.setAttribute(name, value);
  box.removeAttribute("list");

  let at = -1;
  let timer;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const choose = (option) => {
    const { url } = option.dataset;
    // Who listens may do something better than go there: fill a form, say.
    const picked = new CustomEvent("suggest:pick", { detail: { url }, cancelable: true });
    if (url && box.dispatchEvent(picked)) return void window.location.assign(url);
    const [before] = many ? last(box.value) : [""];
    box.value = before + option.dataset.name + (many ? ", " : "");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    window.clearTimeout(timer);
    asked += 1;
    close();
    if (!url) box.focus();
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
    made.dataset.name = one.name;
    made.dataset.url = one.url || "";
    made.textContent = one.name;
    if (one.note) {
      const note = document.createElement("span");
      note.className = "suggestions__note";
      note.textContent = one.note;
      made.append(note);
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
  const show = (found) => {
    list.replaceChildren();
    let into = list;
    let name = "";
    found.forEach((one, index) => {
      if (one.group && one.group !== name) into = group((name = one.group));
      into.append(option(one, index));
    });
    at = -1;
    list.hidden = found.length === 0;
    const { suggested } = document.documentElement.dataset;
    told.textContent = found.length ? suggested.replace("{number}", found.length) : "";
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const text = (many ? last(box.value)[1] : box.value).trim();
    const mine = (asked += 1);
    if (text.length < 2) return close();
    try {
      const whose = box.dataset.suggestFor ? `&for=${encodeURIComponent(box.dataset.suggestFor)}` : "";
      const answer = await fetch(`${ADDRESSES[box.dataset.suggest]}?q=${encodeURIComponent(text.slice(0, 100))}${whose}`);
      if (!answer.ok) return;
      const { results } = await answer.json();
      if (mine === asked && document.activeElement === box) show(results);
    } catch {
      close(); // a poor line: the box works without
    }
  };

  box.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) return void ask();
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) choose(options()[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => window.setTimeout(close, 100));
}

const enhanceWithin = (part) => part.querySelectorAll("[data-suggest]").forEach(enhance);
enhanceWithin(document);
// What arrives later, when a search changes the page in place.
document.addEventListener("htmx:afterSwap", () => {
  document.querySelectorAll("[data-suggest]:not([role])").forEach(enhance);
});
