// Picking a suggestion of the registers fills the form where it stands: what was typed in other boxes is kept.
// Without this script the suggestion leads to a page with the form filled.

async function fill(form, url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const filled = page.querySelector("[data-picked]");
  if (!filled) throw new Error("no form");
  for (const given of filled.closest("form").elements) {
    const box = given.name && given.type !== "hidden" && form.elements.namedItem(given.name);
    if (!box || !given.value || !("value" in box)) continue;
    box.value = given.value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.querySelector("[data-picked]").replaceChildren(...filled.childNodes);
  form.elements.namedItem("name").focus();
}

document.querySelectorAll("[data-fills]").forEach((box) => {
  box.addEventListener("suggest:pick", (event) => {
    const form = document.querySelector("[data-picked]").closest("form");
    const { url } = event.detail;
    if (!new URL(url, window.location.href).searchParams.has("entry")) return; // it is here already: go there
    event.preventDefault();
    fill(form, url).catch(() => window.location.assign(url));
  });
});
