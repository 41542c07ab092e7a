// A discussion's page: it stays up to date, shows who is here, and remembers how far it was read.

import { arriving } from "./arriving.js";
import { inOrder } from "./changes.js";
import { hold } from "./line.js";
import { own } from "./own.js";
import { reacting } from "./reacting.js";
import { readUpTo } from "./reading.js";
import { still } from "./still.js";
import { writing } from "./writing.js";

import "./enclosing.js";

const thread = document.getElementById("thread");
const posts = document.getElementById("posts");
const { thread: id, me } = thread.dataset;
const words = JSON.parse(document.getElementById("thread-words").textContent);
const element = (name) => document.getElementById(name);
let last = Number(thread.dataset.last); // the last post that stands here
let total = Number(thread.dataset.total);
const follows = last >= total; // the end of the discussion stands here, and what is new belongs below it
const ahead = new Map(); // posts that were heard of before one that comes before them
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

// How it is told: quietly, and to a reader of the screen not more often than it can be listened to.
let toSay;
function say(text) {
  window.clearTimeout(toSay);
  toSay = window.setTimeout(() => {
    element("thread-said").textContent = text;
  }, 800);
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

const put = (frame) => still(() => putIn(frame));
function putIn(frame) {
  if (frame.t === "thread") return void putThread(frame);
  if (frame.t !== "post") return;
  write?.confirmed(frame.c);
  document.querySelector(`#posts-sending [data-client="${CSS.escape(frame.c)}"]`)?.remove();
  const there = element(`p${frame.n}`);
  if (there) return void change(there, ready(made(frame.html)));
  if (frame.n <= last) return; // it stands on an earlier page of this discussion
  total = Math.max(total, frame.n);
  // What was missed comes in the order of its last changes: a post that somebody thanked comes after the one below it.
  if (follows) ahead.set(frame.n, frame);
  while (ahead.has(last + 1)) {
    const next = ahead.get(last + 1);
    ahead.delete(last + 1);
    append(next);
  }
  showWaiting();
}

function change(there, post) {
  const back = mine.carry(there, post);
  there.replaceWith(post);
  back?.();
  news.changed(post);
}

function append(frame) {
  const follow = news.looksOn();
  const post = ready(made(frame.html));
  posts.append(post);
  last = frame.n;
  typing.delete(Number(post.dataset.author));
  showHere();
  if (post.dataset.author !== me) say(fill(words.posted, { name: post.dataset.by }));
  news.arrived(post, { follow, own: post.dataset.author === me });
  reading.see(post);
}

function putThread(frame) {
  element("thread-title").textContent = frame.title;
  document.title = document.title.replace(/^.*(?= – )/, () => frame.title);
  if (element("thread-closed")) element("thread-closed").hidden = !frame.closed;
  thread.classList.toggle("thread--closed", frame.closed);
  write?.close(frame.closed);
}

// A moderator let this person write, or asked them not to: the box is shown as the server shows it now.
async function lookAtBox() {
  const answer = await fetch(window.location.href);
  if (!answer.ok) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("write");
  const box = element("write");
  if (!now || Boolean(now.querySelector("form")) === Boolean(box.querySelector("form"))) return;
  if (now.querySelector("form")) window.location.reload();
  else {
    write?.keep();
    thread.classList.add("thread--reading");
    box.replaceWith(now);
  }
}

// Posts further down than this page of the discussion reaches.
function showWaiting() {
  const waiting = total - last;
  element("thread-waiting").hidden = waiting <= 0;
  element("thread-waiting-number").textContent = waiting;
}

// What only its author is told of a post: whom it did not reach.
function note(number, text) {
  const told = document.createElement("p");
  told.className = "post__note";
  told.role = "status";
  still(() => element(`p${number}`)?.querySelector("article").append(told));
  told.textContent = text;
}

// What somebody did with a post and that did not arrive is said beside it, until it does.
function failed(post, text) {
  const told = post.querySelector(".post__fault") ?? document.createElement("p");
  told.className = "post__fault";
  told.role = "alert";
  told.textContent = text;
  post.querySelector("article").append(told);
}

// What only this reader has on a post.
function ready(post) {
  react(post);
  mine.enhance(post);
  write?.enhance(post);
  return post;
}

// Who is here, and who is typing.
const typing = new Map();
let here;
const showHere = () => here && still(tellHere);
function tellHere() {
  const others = here.names.filter((one) => String(one.id) !== me).map((one) => one.name || words.member);
  const more = here.people - others.length - (me && here.names.some((one) => String(one.id) === me) ? 1 : 0);
  const parts = [...others.slice(0, 5), ...(more + Math.max(0, others.length - 5) > 0 ? [fill(words.more, { number: more + Math.max(0, others.length - 5) })] : [])];
  if (here.visitors > (me ? 0 : 1)) parts.push(fill(words.visitors, { number: here.visitors - (me ? 0 : 1) }));
  element("thread-here").textContent = parts.length ? fill(words.here, { names: parts.join(", ") }) : "";
  const names = [...typing.entries()].filter(([person]) => String(person) !== me).map(([, name]) => name || words.member);
  element("thread-typing").textContent = names.length ? fill(names.length > 1 ? words.typingMany : words.typing, { name: names[0], number: names.length }) : "";
}

// How the line is; while there is none nobody knows who is here.
function showLine(state) {
  const notice = element("thread-line");
  notice.hidden = state === "open";
  notice.textContent = state === "open" ? "" : words.line[state];
  if (state === "open") return;
  here = undefined;
  element("thread-here").textContent = element("thread-typing").textContent = "";
}

const news = arriving({ posts, words });
const changes = inOrder({ address: thread.dataset.entries, sequence: Number(thread.dataset.sequence), put });
const reading = readUpTo({ address: thread.dataset.read, read: Number(thread.dataset.seen), thread, posts });
const line = hold(`${window.location.origin.replace(/^http/, "ws")}/live/?thread=${id}`, {
  ask: changes.ask,
  heard(frame) {
    if (frame.t === "hello" || frame.t === "beat") changes.reach(frame.s);
    else if (frame.t === "post" || frame.t === "thread") changes.take(frame);
    else if (frame.t === "here") {
      here = frame;
      typing.clear();
      frame.typing.forEach((one) => typing.set(one.id, one.name));
      showHere();
    } else if (frame.t === "write") void lookAtBox();
    else if (frame.t === "read" && String(frame.thread) === id) reading.elsewhere(frame.n);
    else document.dispatchEvent(new CustomEvent("live", { detail: frame }));
  },
  told(state) {
    still(() => showLine(state));
    if (state === "open") write?.again();
    if (state === "forbidden" || state === "gone") write?.close(true);
  },
});
const write = writing({ thread, words, ask: changes.ask, take: changes.take, note, typing: () => line.say({ t: "typing" }) });
const react = reacting({ thread, words, take: changes.take, failed });
const mine = own({ thread, words, take: changes.take, failed });
posts.querySelectorAll(".post").forEach(ready);
posts.querySelectorAll(".post").forEach((post) => reading.see(post));
