// Writing: a post stands at once, is sent until it arrives, and is never lost; what is half written is kept here.

import { still } from "./still.js";

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

export function writing({ thread, words, ask, take, note, typing }) {
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
  window.addEventListener("pagehide", keepDraft);
  // The plain link to the box was followed before this script had come. Going to a fragment takes the focus away,
  // until the page is complete.
  const begin = () => box.focus({ preventScroll: true });
  if (window.location.hash === "#write") {
    if (document.readyState === "complete") begin();
    else window.addEventListener("load", begin, { once: true });
  }

  function stand(fields) {
    const element = document.createElement("li");
    element.className = "post post--sending";
    element.dataset.client = fields.client_id;
    element.innerHTML = `<span class="post__stone" aria-hidden="true"></span><article><p class="post__head"><span class="post__author"></span> <span class="post__state" role="status"></span></p><div class="post__text prose"></div><p class="post__foot" hidden><button class="button button--small" type="button" data-again></button> <a class="button button--small" data-sign-in hidden></a> <button class="button button--small button--secondary" type="button" data-back></button></p></article>`;
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
    const signIn = element.querySelector("[data-sign-in]");
    Object.assign(signIn, { textContent: words.signIn, href: thread.dataset.signIn });
    again.addEventListener("click", () => void send(fields.client_id));
    back.addEventListener("click", () => {
      box.value = box.value ? `${box.value}\n\n${fields.text}` : fields.text;
      keepDraft();
      box.focus();
      forget(fields.client_id);
    });
    document.getElementById("posts-sending").append(element);
    return element;
  }
  function forget(clientId) {
    still(() => sending.get(clientId)?.element.remove());
    sending.delete(clientId);
    remember();
  }
  // Kept by the server, and not for everyone to see yet: nothing more is to be done here.
  function waits(clientId, text) {
    const { element } = sending.get(clientId);
    still(() => {
      element.querySelector(".post__state").textContent = text;
    });
    sending.delete(clientId);
    remember();
  }
  function failed(clientId, { error, mayRetry, signIn, after = 0 }) {
    const one = sending.get(clientId);
    if (!one) return;
    still(() => {
      one.element.classList.add("post--failed");
      one.element.querySelector(".post__state").textContent = error;
      one.element.querySelector(".post__foot").hidden = false;
      one.element.querySelector("[data-again]").hidden = !mayRetry;
      one.element.querySelector("[data-sign-in]").hidden = !signIn;
    });
    one.retry = mayRetry;
    if (mayRetry) {
      one.tries = (one.tries ?? 0) + 1;
      window.setTimeout(() => one.retry && void send(clientId), after + Math.min(60000, 4000 * 2 ** one.tries) * (0.5 + Math.random()));
    }
  }
  // Gives what became of it: `posted`, `waits` with a sentence, or `error` with one.
  async function deliver(body) {
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
      const told = await answer.json().catch(() => ({}));
      if (answer.status === 201) {
        take(told);
        await ask().catch(() => {});
        if (told.nobody) note(told.n, told.nobody);
        return { posted: true };
      }
      if (answer.status === 202) return { waits: told.waits };
      // A session that ended; or another one began since, and the page's forms are of the one before.
      const signIn = answer.status === 401 || answer.status === 403;
      const after = 1000 * Number(answer.headers.get("Retry-After") ?? 0);
      const error = signIn ? words.signedOut : told.error || words.refused;
      return { error, signIn, mayRetry: answer.status === 429 || answer.status >= 500, after };
    } catch {
      return { error: navigator.onLine ? words.notSent : words.whenBack, mayRetry: true, unheard: true };
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
    const body = new FormData(form);
    body.delete("attached");
    body.delete("alt");
    for (const [name, value] of Object.entries(one.fields)) body.set(name, value);
    const became = await deliver(body);
    one.busy = false;
    if (became.posted) forget(clientId);
    else if (became.waits) waits(clientId, became.waits);
    else failed(clientId, became);
  }

  // With files nothing is kept for later: the box and the files stay as they are until they have arrived.
  const files = form.querySelector('input[type="file"]');
  const state = document.createElement("p");
  state.role = "status";
  state.className = "visually-hidden";
  form.querySelector(".form-actions").before(state);
  function tell(text, { isFault = false, signIn = false } = {}) {
    state.className = text ? (isFault ? "field__error" : "hint") : "visually-hidden";
    state.textContent = text;
    if (!signIn) return;
    const link = document.createElement("a");
    Object.assign(link, { textContent: words.signIn, href: thread.dataset.signIn });
    state.append(" ", link);
  }
  async function sendWithFiles() {
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    box.readOnly = true;
    tell(words.sending);
    const became = await deliver(new FormData(form));
    form.ariaBusy = null;
    box.readOnly = false;
    if (became.error) return void tell(became.unheard ? words.filesNotSent : became.error, { isFault: true, signIn: became.signIn });
    tell(became.waits ?? "");
    empty();
  }

  function empty() {
    box.value = "";
    form.elements.answers.value = "";
    if (form.elements.mentioned) form.elements.mentioned.value = "";
    document.getElementById("write-answers")?.remove();
    form.elements.client_id.value = newId();
    if (files?.files.length) {
      files.value = "";
      files.dispatchEvent(new Event("change"));
    }
    keepDraft();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (files?.files.length) return void sendWithFiles();
    const text = box.value.trim();
    if (!text) return void box.focus();
    const fields = Object.fromEntries(
      ["client_id", "answers", "mentioned"].map((name) => [name, form.elements[name]?.value ?? ""]),
    );
    fields.text = text;
    still(() => {
      sending.set(fields.client_id, { fields, element: stand(fields) });
      tell("");
      empty();
    });
    remember();
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
