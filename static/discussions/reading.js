// How far this person has read: what was in sight for a moment counts, and other tabs hear of it.

const MOMENT = 1000;

export function readUpTo({ address, read, thread, posts }) {
  let reached = read;
  let told = read;
  let timer;
  const inSight = new Map();
  const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

  function tell() {
    window.clearTimeout(timer);
    timer = undefined;
    if (!address || reached <= told) return;
    told = reached;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? csrf();
    fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" },
      body: `number=${reached}`,
      keepalive: true, // the page may be on its way out
    }).catch(() => {
      told = read; // the next post that is seen tells it again
    });
  }
  const watcher = new IntersectionObserver((entries) => {
    entries.forEach((entry) => {
      const number = Number(entry.target.dataset.number);
      if (!entry.isIntersecting) return void inSight.delete(number);
      inSight.set(number, Date.now());
      window.setTimeout(() => {
        if (document.hidden || Date.now() - (inSight.get(number) ?? Infinity) < MOMENT - 50) return;
        reached = Math.max(reached, number);
        timer ??= window.setTimeout(tell, MOMENT);
      }, MOMENT);
    });
  });
  window.addEventListener("pagehide", tell);

  return {
    see: (post) => address && watcher.observe(post),
    elsewhere(number) {
      reached = Math.max(reached, number);
      told = Math.max(told, number);
      const line = posts.querySelector(".posts__new");
      if (line && number >= Number(thread.dataset.total)) line.classList.add("posts__new--read");
    },
  };
}
