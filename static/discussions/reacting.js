// Reactions: each one that stands is a button, and others are behind one more; without this they are behind "More".

export function reacting({ thread, words, take, failed }) {
  const form = document.querySelector("[data-write]");
  if (!form) return () => {};
  const { me } = thread.dataset;
  const mine = (chip) => Boolean(chip) && chip.dataset.users.split(" ").includes(me);

  async function say(post, kind, wanted) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("do", wanted ? "react" : "unreact");
    body.set("kind", kind);
    try {
      const answer = await fetch(thread.dataset.do.replace("0", post.dataset.post), { method: "POST", headers: { Accept: "application/json" }, body });
      const told = await answer.json();
      if (!answer.ok) return void failed(post, told.error);
      take(told);
      document.querySelector(`#${post.id} .post__react`)?.focus();
    } catch {
      failed(post, words.notReacted);
    }
  }

  function button(post, kind, label, pressed) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "post__reaction";
    made.classList.toggle("post__reaction--mine", pressed);
    made.setAttribute("aria-pressed", pressed);
    made.append(label);
    made.addEventListener("click", () => void say(post, kind, !pressed));
    return made;
  }

  return function enhance(post) {
    const foot = post.querySelector(".post__foot");
    if (!foot || form.hidden) return;
    const stands = new Set();
    foot.querySelectorAll("span.post__reaction").forEach((chip) => {
      const { kind } = chip.dataset;
      stands.add(kind);
      const made = button(post, kind, "", mine(chip));
      made.append(...chip.childNodes);
      chip.replaceWith(made);
    });
    const others = Object.entries(words.reactions).filter(([kind]) => !stands.has(kind));
    if (!others.length) return;
    const opener = document.createElement("button");
    opener.type = "button";
    opener.className = "link-button post__react";
    const which = words.reactTo.replace("{name}", post.dataset.by);
    const rest = document.createElement("span");
    rest.className = "visually-hidden";
    rest.textContent = ` ${which}`;
    opener.append(words.react, rest);
    opener.setAttribute("aria-expanded", "false");
    const choices = document.createElement("li");
    choices.className = "post__choices";
    choices.role = "group";
    choices.setAttribute("aria-label", `${words.react} ${which}`);
    choices.hidden = true;
    choices.append(...others.map(([kind, label]) => button(post, kind, label, false)));
    opener.addEventListener("click", () => {
      choices.hidden = !choices.hidden;
      opener.setAttribute("aria-expanded", !choices.hidden);
      if (!choices.hidden) choices.firstElementChild.focus();
    });
    choices.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      choices.hidden = true;
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
    });
    const item = document.createElement("li");
    item.append(opener);
    foot.insertBefore(item, foot.querySelector(".post__answer").parentElement);
    item.after(choices);
  };
}
