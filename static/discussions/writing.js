// Writing: a post stands at once, is sent until it arrives, and is never lost; what is half written is kept here.

const DRAFT_AFTER = 400;
const TYPING_EVERY = 3000;
const newId = () => (crypto.randomUUID ? crypto.randomUUID().replaceAll("-", "") : `${Date.now()}${Math.random()}`.replace(".", ""));
const kept = {
  get(key) {
    try {
      return JSON.parse(window.localStorage.getItem(key));
    } catch {
      return null; // private windows, full or forbidden storage: it works without
    }
  },
  set(key, value) {
    try {
      if (value === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // as above
    }
  },
};

export function writing({ thread, words, ask, take, typing }) {
  const form = document.querySelector("[data-write]");
  if (!form) return undefined;
  const box = form.elements.text;
  const posts = document.getElementById("posts");
  const { thread: id, me } = thread.dataset;
  const draftKey = `draft ${me} ${id}`;
  const sendingKey = `sending ${me} ${id}`;
  const sending = new Map(); // client id → {fields, element}
  const remember = () => kept.set(sendingKey, sending.size ? [...sending.values()].map(({ fields }) => fields) : null);

  // What is half written.
  let draftTimer;
  let typed = 0;
  let sentWhole = false;
  const keepDraft = () => kept.set(draftKey, box.value ? { text: box.value, answers: form.elements.answers.value } : null);
  const draft = kept.get(draftKey);
  if (draft && !box.value) {
    box.value = draft.text;
    if (!form.elements.answers.value) form.elements.answers.value = draft.answers;
  }
  box.addEventListener("input", () => {
    window.clearTimeout(draftTimer);
    draftTimer = window.setTimeout(keepDraft, DRAFT_AFTER);
    if (box.value && Date.now() - typed > TYPING_EVERY) {
      typed = Date.now();
      typing();
    }
  });
  window.addEventListener("pagehide", () => sentWhole || keepDraft());

  function stand(fields) {
    const element = document.createElement("li");
    element.className = "post post--sending";
    element.dataset.client = fields.client_id;
    element.innerHTML = `<span class="post__stone" aria-hidden="true"></span><article><p class="post__head"><span class="post__author"></span> <span class="post__state" role="status"></span></p><div class="post__text prose"></div><p class="post__foot" hidden><button class="button button--small" type="button" data-again></button> <button class="button button--small button--secondary" type="button" data-back></button></p></article>`;
    element.querySelector(".post__author").textContent = words.you;
    element.querySelector(".post__state").textContent = words.sending;
    fields.text.split(/\n{2,}/).forEach((part) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = part;
      element.querySelector(".post__text").append(paragraph);
    });
    const [again, back] = element.querySelectorAll("button");
    again.textContent = words.again;
    back.textContent = words.back;
    again.addEventListener("click", () => void send(fields.client_id));
    back.addEventListener("click", () => {
      box.value = box.value ? `${box.value}\n\n${fields.text}` : fields.text;
      keepDraft();
      forget(fields.client_id);
      box.focus();
    });
    document.getElementById("posts-sending").append(element);
    return element;
  }
  function forget(clientId) {
    sending.get(clientId)?.element.remove();
    sending.delete(clientId);
    remember();
  }
  // Kept by the server, and not for everyone to see yet: nothing more is to be done here.
  function waits(clientId, text) {
    const { element } = sending.get(clientId);
    element.querySelector(".post__state").textContent = text;
    sending.delete(clientId);
    remember();
  }
  function failed(clientId, text, mayRetry, after = 0) {
    const one = sending.get(clientId);
    if (!one) return;
    one.element.classList.add("post--failed");
    one.element.querySelector(".post__state").textContent = text;
    one.element.querySelector(".post__foot").hidden = false;
    one.element.querySelector("[data-again]").hidden = !mayRetry;
    one.retry = mayRetry;
    if (mayRetry) {
      one.tries = (one.tries ?? 0) + 1;
      window.setTimeout(() => one.retry && void send(clientId), after + Math.min(60000, 4000 * 2 ** one.tries) * (0.5 + Math.random()));
    }
  }
  async function send(clientId) {
    const one = sending.get(clientId);
    if (!one || one.busy) return;
    one.busy = true;
    one.retry = false;
    one.element.classList.remove("post--failed");
    one.element.querySelector(".post__state").textContent = words.sending;
    one.element.querySelector(".post__foot").hidden = true;
    try {
      const body = new FormData(form);
      for (const [name, value] of Object.entries(one.fields)) body.set(name, value);
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
      const told = await answer.json().catch(() => ({}));
      if (answer.status === 201) {
        take(told);
        await ask().catch(() => {});
        forget(clientId);
      } else if (answer.status === 202) waits(clientId, told.waits);
      else failed(clientId, told.error || words.refused, answer.status === 429 || answer.status >= 500, 1000 * Number(answer.headers.get("Retry-After") ?? 0));
    } catch {
      failed(clientId, navigator.onLine ? words.notSent : words.whenBack, true);
    } finally {
      one.busy = false;
    }
  }

  form.addEventListener("submit", (event) => {
    if (form.querySelector('input[type="file"]')?.files.length) {
      sentWhole = true; // files go by the form itself; what is refused comes back with its text
      kept.set(draftKey, null);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const text = box.value.trim();
    if (!text) return void box.focus();
    const fields = Object.fromEntries(
      ["client_id", "answers", "mentioned"].map((name) => [name, form.elements[name]?.value ?? ""]),
    );
    fields.text = text;
    sending.set(fields.client_id, { fields, element: stand(fields) });
    remember();
    box.value = "";
    form.elements.answers.value = "";
    if (form.elements.mentioned) form.elements.mentioned.value = "";
    document.getElementById("write-answers")?.remove();
    form.elements.client_id.value = newId();
    keepDraft();
    sending.get(fields.client_id).element.scrollIntoView({ block: "nearest" });
    void send(fields.client_id);
    box.focus();
  }, true);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  // What was on its way when the page was left.
  (kept.get(sendingKey) || []).forEach((fields) => {
    if (thread.querySelector(`[data-client="${CSS.escape(fields.client_id)}"]`)) return;
    sending.set(fields.client_id, { fields, element: stand(fields) });
    void send(fields.client_id);
  });
  remember();

  return {
    confirmed: (clientId) => clientId && sending.has(clientId) && forget(clientId),
    again: () => sending.forEach((one, clientId) => one.retry && void send(clientId)),
    keep: keepDraft,
    close(closed) {
      form.hidden = closed;
    },
    enhance(post) {
      post.querySelector(".post__answer")?.addEventListener("click", (event) => {
        event.preventDefault();
        form.elements.answers.value = post.dataset.number;
        let told = document.getElementById("write-answers");
        if (!told) {
          told = document.createElement("p");
          told.id = "write-answers";
          told.className = "hint";
          form.prepend(told);
        }
        told.textContent = words.answering.replace("{name}", post.dataset.by);
        const none = document.createElement("button");
        none.type = "button";
        none.className = "link-button";
        none.textContent = words.notAnswering;
        none.addEventListener("click", () => {
          form.elements.answers.value = "";
          told.remove();
          box.focus();
        });
        told.append(" ", none);
        box.focus();
        form.scrollIntoView({ block: "nearest" });
      });
    },
  };
}
