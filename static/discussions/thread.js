// A discussion that stays up to date: changes are put in by their numbers, and what is missing is asked for.

const thread = document.getElementById("thread");
const posts = document.getElementById("posts");
const line = document.getElementById("line");
const { entries, thread: id } = thread.dataset;
let sequence = Number(thread.dataset.sequence);
let last = Number(thread.dataset.last);
const whole = () => last >= Number(thread.dataset.total);
let socket;
let attempt = 0;
let asking;

function put(frame) {
  if (frame.t === "thread") {
    document.getElementById("thread-title").textContent = frame.title;
    return;
  }
  const made = document.createElement("template");
  made.innerHTML = frame.html;
  const post = made.content.firstElementChild;
  const there = document.getElementById(post.id);
  if (there) there.replaceWith(post);
  else if (frame.n === last + 1) {
    posts.append(post);
    last = frame.n;
    thread.dataset.total = Math.max(last, Number(thread.dataset.total));
  }
}

function take(frame) {
  if (frame.s <= sequence) return;
  if (frame.s > sequence + 1) return void ask();
  put(frame);
  sequence = frame.s;
}

async function ask() {
  if (asking) return asking;
  asking = (async () => {
    let more = true;
    while (more) {
      const answer = await fetch(`${entries}?after=${sequence}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      found.frames.forEach(put);
      sequence = Math.max(sequence, found.s);
      more = found.more;
    }
  })();
  try {
    await asking;
  } finally {
    asking = undefined;
  }
}

function open() {
  socket = new WebSocket(`${window.location.origin.replace(/^http/, "ws")}/live/?thread=${id}`);
  socket.addEventListener("message", ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.t === "hello" || frame.t === "beat") {
      attempt = 0;
      line.hidden = true;
      if (frame.s > sequence) ask();
    } else if (frame.t === "post" || frame.t === "thread") take(frame);
  });
  socket.addEventListener("close", ({ code }) => {
    if (code === 4403 || code === 4401) return void window.location.reload();
    const wait = Math.min(30000, 500 * 2 ** attempt) * (0.5 + Math.random());
    attempt += 1;
    line.hidden = false;
    line.textContent = "…";
    window.setTimeout(open, wait);
  });
}
window.setInterval(() => socket.readyState === 1 && socket.send('{"t":"ping"}'), 25000);
open();
