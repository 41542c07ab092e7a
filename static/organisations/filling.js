// Picking a suggestion of the registers fills the form where it stands. What somebody typed is kept: where the register
// says otherwise, that is said, with a tick that takes it. Without this script the suggestion leads to a filled page.

const same = (one, other) => one.trim().replace(/\/$/, "").toLowerCase() === other.trim().replace(/\/$/, "").toLowerCase();

function put(box, value) {
  box.value = value;
  box.dataset.filled = value; // ours: the next pick may change it
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// The boxes of a number: those with its register, else the first that are empty.
function rowOf(form, scheme) {
  const schemes = [...form.querySelectorAll('[name^="identifiers-"][name$="-scheme"]')];
  const rows = schemes.map((box) => [box, form.elements.namedItem(box.name.replace(/scheme$/, "value"))]);
  return rows.find(([box, number]) => box.value === scheme && number.value) || rows.find(([, number]) => !number.value);
}

function boxOf(form, offer) {
  if (!offer.dataset.scheme) return form.elements.namedItem(offer.dataset.offered);
  const [scheme, number] = rowOf(form, offer.dataset.scheme) || [];
  if (number && !number.value) put(scheme, offer.dataset.scheme);
  return number;
}

function hold(form, offer) {
  const box = boxOf(form, offer);
  if (!box) return false;
  const { value } = offer.dataset;
  const ours = !box.value || box.value === box.dataset.filled;
  if (ours) put(box, value);
  if (ours || same(box.value, value)) return false;
  listen(form, offer);
  return true;
}

// A tick puts the register's answer into the box at once, and taking it away puts back what stood there.
function listen(form, offer) {
  const box = boxOf(form, offer);
  const tick = offer.querySelector("input");
  tick.removeAttribute("name"); // the box says it: who writes on in it has the last word
  tick.addEventListener("change", () => {
    if (tick.checked) offer.dataset.before = box.value;
    put(box, tick.checked ? offer.dataset.value : offer.dataset.before);
    if (!tick.checked) delete box.dataset.filled;
  });
}

function forget(form) {
  for (const box of form.querySelectorAll("[data-filled]")) {
    if (box.value === box.dataset.filled) box.value = "";
    delete box.dataset.filled;
  }
}

async function fill(form, url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const filled = page.querySelector("[data-picked]");
  if (!filled || !filled.childElementCount) throw new Error("nothing picked");
  forget(form);
  form.querySelector("[data-picked]").replaceChildren(...filled.childNodes);
  const differing = form.querySelector("[data-differing]");
  differing.append(form.querySelector("[data-agreeing]").content);
  for (const offer of differing.querySelectorAll("[data-offered]")) if (!hold(form, offer)) offer.remove();
  differing.hidden = !differing.querySelector("[data-offered]");
  form.elements.namedItem("name").focus();
}

document.querySelectorAll("[data-offered]").forEach((offer) => listen(offer.closest("form"), offer));
document.querySelectorAll("[data-fills]").forEach((box) => {
  box.addEventListener("suggest:pick", (event) => {
    const form = document.querySelector("[data-picked]").closest("form");
    const { url } = event.detail;
    if (!new URL(url, window.location.href).searchParams.has("entry")) return; // it is here already: go there
    event.preventDefault();
    fill(form, url).catch(() => window.location.assign(url));
  });
});
