// After a search changed the page in place. Who ticked a filter in the open drawer goes on there, for several may be
// wanted; everyone else starts at the new results. A reader of the screen hears how many there are.

const main = () => document.getElementById("main");
let kept = null; // the drawer as it was when one of its filters was chosen

const nameOf = (group) => group.querySelector("summary").textContent;
const wordOf = (option) => option.querySelector("span").firstChild.textContent;

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const option = detail.elt.closest(".facets__option");
  const drawer = option?.closest(".facets__drawer[open]");
  kept = drawer && {
    groups: new Set([...drawer.querySelectorAll(".facets__group[open]")].map(nameOf)),
    group: nameOf(option.closest(".facets__group")),
    word: wordOf(option),
  };
});

function goOnInDrawer() {
  const drawer = main().querySelector(".facets__drawer");
  const groups = [...(drawer?.querySelectorAll(".facets__group") ?? [])];
  const group = groups.find((one) => nameOf(one) === kept.group);
  const option = [...(group?.querySelectorAll(".facets__option") ?? [])].find((one) => wordOf(one) === kept.word);
  if (!option) return false;
  drawer.open = true;
  for (const one of groups) one.open ||= kept.groups.has(nameOf(one));
  group.open = true;
  option.focus();
  return true;
}

const told = document.createElement("p");
told.className = "visually-hidden";
told.role = "status";
document.body.append(told);

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!detail.boosted) return;
  if (!kept || !goOnInDrawer()) main().focus({ preventScroll: true });
  kept = null;
  told.textContent = main().querySelector(".results-count")?.textContent ?? "";
});
