// Tags to tick, asked for anew while the first page is written. Without this script "Suggest tags" brings them.

const WAIT = 900;
const part = document.querySelector("[data-tags-for-text]");
const form = part?.closest("form");

if (form) {
  let timer;
  let asked = 0;
  const ask = async () => {
    const mine = (asked += 1);
    try {
      const answer = await fetch(part.dataset.tagsForText, { method: "POST", body: new FormData(form) });
      const html = answer.ok && !answer.redirected ? await answer.text() : null;
      if (html === null || mine !== asked || part.contains(document.activeElement)) return;
      part.innerHTML = html;
    } catch {
      // a poor line: what is there stays
    }
  };
  form.addEventListener("input", (event) => {
    if (!["title", "summary", "description"].includes(event.target.name)) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT);
  });
}
