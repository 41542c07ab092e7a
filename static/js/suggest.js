// Places suggested while typing, for boxes with data-suggest="places". A combobox as the ARIA practices describe it;
// without this script the box works as it is.

const WAIT = 120;
let number = 0;

function last(text) {
  const at = text.lastIndexOf(",");
  return at < 0 ? ["", text] : [text.slice(0, at + 1) + " ", text.slice(at + 1)];
}

function enhance(box) {
  const many = box.name === "more";
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${(number += 1)}`;
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", document.documentElement.dataset.suggestions);
  box.parentElement.classList.add("suggests");
  box.after(list);
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
  const choose = (option) => {
    const [before] = many ? last(box.value) : [""];
    box.value = before + option.dataset.name + (many ? ", " : "");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    window.clearTimeout(timer);
    asked += 1;
    close();
    box.focus();
  };
  const mark = (to) => {
    const options = [...list.children];
    at = (to + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    box.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };
  const show = (places) => {
    list.replaceChildren(
      ...places.map((place, index) => {
        const option = document.createElement("li");
        option.className = "suggestions__option";
        option.id = `${list.id}-${index}`;
        option.role = "option";
        option.setAttribute("aria-selected", "false");
        option.dataset.name = place.name;
        option.textContent = place.label || place.name;
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(option);
        });
        return option;
      }),
    );
    at = -1;
    list.hidden = places.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const text = (many ? last(box.value)[1] : box.value).trim();
    const mine = (asked += 1);
    if (text.length < 2) return close();
    try {
      const answer = await fetch(`/places/suggest/?q=${encodeURIComponent(text.slice(0, 100))}`);
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
    else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => window.setTimeout(close, 100));
}

document.querySelectorAll('[data-suggest="places"]').forEach(enhance);
