"""The page's own bookkeeping, run by a browser against lines that lose, double and mix up."""

from __future__ import annotations

SCENES = 300
SCRIPT = """
async ([address, scenes]) => {
  const { inOrder } = await import(address);
  let seed = 1;
  const dice = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648);
  const wrong = [];
  for (let scene = 0; scene < scenes; scene += 1) {
    const log = [];  // change → the thing it touched; `latest` as the server would answer
    const shown = new Map();
    const puts = [];
    window.fetch = async (asked) => {
      const after = Number(new URL(asked, "http://x").searchParams.get("after"));
      if (dice() < 0.1) throw new Error("the line is gone");
      if (dice() < 0.5) await new Promise((done) => setTimeout(done, 0));
      const latest = new Map();
      log.forEach((frame) => latest.set(frame.n, frame));
      const frames = [...latest.values()].filter((frame) => frame.s > after).sort((a, b) => a.s - b.s);
      const page = frames.slice(0, 3);
      const more = frames.length > 3;
      const answer = { s: more ? page.at(-1).s : log.length, more, frames: page };
      return { ok: true, json: async () => answer };
    };
    const put = (frame) => {
      puts.push(frame.s);
      shown.set(frame.n, frame.v);
    };
    const changes = inOrder({ address: "/entries/", sequence: 0, put });
    const late = [];
    for (let step = 0; step < 40; step += 1) {
      const frame = { t: "post", s: log.length + 1, n: Math.floor(dice() * 12), v: step };
      log.push(frame);
      const fate = dice();
      if (fate < 0.15) late.push(frame);
      else if (fate > 0.3) changes.take(frame);
      if (fate > 0.85) changes.take(frame);
      if (late.length && dice() < 0.2) changes.take(late.splice(Math.floor(dice() * late.length), 1)[0]);
      if (dice() < 0.2) await new Promise((done) => setTimeout(done, 0));
    }
    for (let beat = 0; beat < 20; beat += 1) await changes.ask().catch(() => {});
    const expected = new Map(log.map((frame) => [frame.n, frame.v]));
    const same = expected.size === shown.size && [...expected].every(([n, v]) => shown.get(n) === v);
    const rising = puts.every((s, at) => at === 0 || s > puts[at - 1]);
    if (!same || !rising) wrong.push({ scene, same, rising });
  }
  return wrong;
}
"""


def test_changes_are_put_in_once_and_in_order_and_none_is_missing(visit, served):
    page = visit("/healthz")
    address = f"{served.url}/static/discussions/changes.js"
    assert page.evaluate(SCRIPT, [address, SCENES]) == []
