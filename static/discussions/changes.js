// A thread's changes by their numbers: each is put in once and in order, and what is missing is asked for.

// `put(frame)` shows one. Gives `take` for a frame that arrived, `ask` to look, `reach` for a number that was told.
export function inOrder({ address, sequence, put }) {
  let reached = sequence;
  let asking;
  let again = false;

  async function askAll() {
    do {
      again = false;
      let more = true;
      while (more) {
        const answer = await fetch(`${address}?after=${reached}`, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(`entries: ${answer.status}`);
        const found = await answer.json();
        found.frames.forEach((frame) => frame.s > reached && put(frame));
        reached = Math.max(reached, found.s);
        more = found.more;
      }
    } while (again);
  }
  async function ask() {
    if (asking) {
      again = true; // what is told while an answer is on its way may not be in it
      return asking;
    }
    asking = askAll().finally(() => {
      asking = undefined;
    });
    return asking;
  }
  return {
    ask,
    take(frame) {
      if (frame.s <= reached) return;
      if (frame.s > reached + 1 || asking) return void ask().catch(() => {});
      put(frame);
      reached = frame.s;
    },
    reach(number) {
      // Many pages hear of the same gap at once: they do not all ask in the same moment.
      if (number > reached) window.setTimeout(() => number > reached && ask().catch(() => {}), Math.random() * 400);
    },
  };
}
