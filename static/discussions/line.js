// The line to the server: a socket that comes back by itself, and asking every few seconds where there is none.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30000;
const PING = 25000;
const SILENCE = 45000; // the server beats every fifteen seconds
const ASK_EVERY = 5000; // while no socket opens
const GIVEN_UP = 3; // attempts after which the page asks by itself
const FINAL = { 4400: "gone", 4401: "forbidden", 4403: "forbidden", 4404: "gone" };

// `heard(frame)` for each frame, `ask()` to look for what is missing, `told(state)` with "open", "lost", "asking",
// "offline", "forbidden", "gone" or "many".
export function hold(address, { heard, ask, told }) {
  let socket;
  let attempt = 0;
  let last = 0; // when something was heard
  let timer;
  let asking;
  let over = false;

  const later = (wait) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(open, wait);
  };
  const askNow = () => Promise.resolve(ask()).catch(() => {});
  const askOn = () => {
    if (!asking) asking = window.setInterval(() => document.hidden || askNow(), ASK_EVERY);
  };
  const stopAsking = () => {
    window.clearInterval(asking);
    asking = undefined;
  };

  function open() {
    window.clearTimeout(timer);
    if (over || (socket && socket.readyState <= WebSocket.OPEN)) return;
    const mine = new WebSocket(address);
    socket = mine;
    mine.addEventListener("open", () => {
      last = Date.now();
    });
    mine.addEventListener("message", ({ data }) => {
      last = Date.now();
      const frame = JSON.parse(data);
      if (frame.t === "hello") {
        attempt = 0;
        stopAsking();
        told("open");
      }
      heard(frame);
    });
    mine.addEventListener("close", ({ code }) => {
      if (mine !== socket) return;
      socket = undefined;
      if (FINAL[code]) {
        over = true;
        stopAsking();
        return void told(FINAL[code]);
      }
      attempt += 1;
      if (attempt >= GIVEN_UP || code === 4429) askOn();
      if (!navigator.onLine) told("offline");
      else if (code === 4429) told("many");
      else if (attempt >= GIVEN_UP) told("asking");
      else if (attempt > 1) told("lost"); // once is nothing to speak of
      const wait = code === 4408 && attempt < 2 ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
      later(wait * (0.5 + Math.random()));
    });
  }

  // A telephone that slept keeps a socket that is long dead, and says nothing of it.
  const awake = () => {
    if (document.hidden || over) return;
    if (socket && Date.now() - last > SILENCE) {
      socket.close();
      socket = undefined;
    }
    open();
    askNow();
    if (socket && socket.readyState === WebSocket.OPEN) told("open");
  };
  document.addEventListener("visibilitychange", awake);
  window.addEventListener("online", awake);
  window.addEventListener("pageshow", (event) => event.persisted && awake());
  window.addEventListener("offline", () => told("offline"));
  window.setInterval(() => {
    if (!socket || socket.readyState !== WebSocket.OPEN) return;
    if (Date.now() - last > SILENCE) {
      socket.close();
      socket = undefined;
      open();
    } else socket.send('{"t":"ping"}'); // also where much is heard: the server lets go whom it never hears
  }, PING);
  open();

  return {
    say(message) {
      if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
  };
}
