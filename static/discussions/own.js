// What one does with a post of one's own, where it stands: edit its words, remove it. Without this it is behind "More".

import { enhance as withMentions } from "./mentions.js";

export function own({ thread, words, take, failed }) {
  const box = document.querySelector("[data-write]");
  const { me } = thread.dataset;
  const address = (post) => thread.dataset.do.replace("0", post.dataset.post);

  function button(text, hidden, pressed) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "link-button post__own";
    made.textContent = text;
    if (hidden) {
      const rest = document.createElement("span");
      rest.className = "visually-hidden";
      rest.textContent = ` ${hidden}`;
      made.append(rest);
    }
    made.addEventListener("click", pressed);
    return made;
  }
  const now = (post) => document.getElementById(post.id); // it is another element once it changed
  // `fault(sentence)`: where it is said that it was refused.
  async function say(post, body, fault) {
    try {
      const answer = await fetch(address(post), { method: "POST", headers: { Accept: "application/json" }, body });
      const told = await answer.json().catch(() => ({}));
      if (!answer.ok) return void fault(told.error || words.notReacted);
      now(post).querySelector(".post__edit, .post__sure")?.remove();
      take(told);
      now(post).querySelector(".post__own, .post__at").focus();
    } catch {
      fault(words.notReacted);
    }
  }
  function put(post, part) {
    now(post).querySelector(".post__edit, .post__sure")?.remove();
    now(post).querySelector("article").append(part);
  }
  function close(post) {
    now(post).querySelector(".post__edit, .post__sure")?.remove();
    now(post).querySelector(".post__own")?.focus();
  }

  function remove(post) {
    const sure = document.createElement("div");
    sure.className = "post__sure";
    sure.role = "group";
    const question = document.createElement("p");
    question.id = `${post.id}-sure`;
    question.textContent = words.removing;
    sure.setAttribute("aria-labelledby", question.id);
    const yes = button(words.remove, "", () => {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", box.elements.csrfmiddlewaretoken.value);
      body.set("do", "remove");
      void say(post, body, (text) => failed(now(post), text));
    });
    const no = button(words.keepIt, "", () => close(post));
    yes.className = "button button--small";
    no.className = "button button--small button--secondary";
    sure.append(question, yes, " ", no);
    put(post, sure);
    no.focus();
  }

  // The form is the one of the post's page, with ids that nothing else here has.
  async function edit(post) {
    const page = post.querySelector(".post__more").href;
    const answer = await fetch(page).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    const form = new DOMParser().parseFromString(text, "text/html").querySelector("#edit form");
    if (!form) return void window.location.assign(page); // it says why, or asks to sign in
    const part = document.createElement("div");
    part.className = "post__edit";
    part.append(document.importNode(form, true));
    const mine = part.firstElementChild;
    for (const name of ["id", "for", "aria-describedby"]) {
      part.querySelectorAll(`[${name}]`).forEach((one) => one.setAttribute(name, `${one.getAttribute(name)}-of-${post.id}`));
    }
    const fault = document.createElement("p");
    fault.role = "status";
    const actions = mine.querySelector(".form-actions");
    const no = button(words.asItWas, "", () => close(post));
    no.className = "button button--secondary";
    actions.append(" ", no);
    actions.before(fault);
    mine.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      void say(post, new FormData(mine), (sentence) => {
        fault.className = "field__error";
        fault.textContent = sentence;
      });
    }, true);
    put(post, part);
    const typed = mine.querySelector("textarea");
    withMentions(typed);
    typed.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) mine.requestSubmit();
    });
    typed.focus();
  }

  return {
    enhance(post) {
      const more = post.querySelector(".post__more");
      if (!more || !box || box.hidden || !me || post.dataset.author !== me) return;
      [[words.edit, edit], [words.remove, remove]].forEach(([text, act]) => {
        const item = document.createElement("li");
        item.append(button(text, words.yourPost, () => void act(post)));
        more.parentElement.before(item);
      });
    },
    // A post that changed while its author was at it: what is half done goes on.
    carry(there, post) {
      const part = there.querySelector(".post__edit, .post__sure");
      if (!part || !post.querySelector(".post__more")) return;
      const focused = part.contains(document.activeElement) ? document.activeElement : null;
      post.querySelector("article").append(part);
      return () => focused?.focus({ preventScroll: true });
    },
  };
}
