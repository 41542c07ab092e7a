// A post that arrives: it is followed where the end of the posts is in sight; else a link says that it is there.

import { isWriting } from "./still.js";

const NEAR = 300; // pixels below the screen at which the end of the posts still counts as in sight

// `words`: "arrived" and "arrivedMany", with {number}. Gives `looksOn` to ask before a post is put in, `arrived` after.
export function arriving({ posts, words }) {
  const place = document.createElement("p");
  place.className = "thread__news";
  place.hidden = true;
  const link = document.createElement("a");
  link.className = "button button--small";
  place.append(link);
  posts.after(place);
  const unseen = new Set(); // ids: a post may be changed before it is seen

  function show() {
    const first = [...unseen].map((id) => document.getElementById(id)).find(Boolean);
    place.hidden = !first;
    if (!first) return;
    const text = unseen.size > 1 ? words.arrivedMany.replace("{number}", unseen.size) : words.arrived;
    link.textContent = `${text} ${first.getBoundingClientRect().top < 0 ? "↑" : "↓"}`;
    link.href = `#${first.id}`;
  }
  const watcher = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
      watcher.unobserve(target);
      unseen.delete(target.id);
    });
    show();
  });
  link.addEventListener("click", () => {
    unseen.clear();
    window.setTimeout(show);
  });

  return {
    looksOn() {
      const { bottom } = posts.getBoundingClientRect();
      return bottom > 0 && bottom < window.innerHeight + NEAR;
    },
    // `follow`: what `looksOn` said. Whoever writes is left where they are.
    arrived(post, { follow, own }) {
      if (follow && !isWriting()) post.scrollIntoView({ block: "nearest", behavior: "instant" });
      if (own) return;
      unseen.add(post.id);
      watcher.observe(post); // says at once whether it is in sight
    },
    changed: (post) => unseen.has(post.id) && watcher.observe(post),
  };
}
