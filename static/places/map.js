/* Larger and smaller maps: buttons, Ctrl and the wheel, two fingers, dragging once it is large, arrow keys within it.
   The page still scrolls over a map. Without this module a map is whole, and its shapes are links all the same. */

const CLOSEST = 16;
const STEP = 1.6;
const NAMES = [2, 4, 8, 16]; // sizes from which more names fit, as places/boundaries/naming.py has them

const enlarge = (frame) => {
  const svg = frame.querySelector("svg");
  const tools = frame.querySelector(".map__tools");
  const [west, north, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const seen = { x: west, y: north, zoom: 1 };
  const fingers = new Map();
  let moved = false;

  const show = () => {
    const wide = width / seen.zoom;
    const high = height / seen.zoom;
    seen.x = Math.min(Math.max(seen.x, west), west + width - wide);
    seen.y = Math.min(Math.max(seen.y, north), north + height - high);
    svg.setAttribute("viewBox", `${seen.x} ${seen.y} ${wide} ${high}`);
    svg.style.setProperty("--map-zoom", seen.zoom);
    frame.classList.toggle("map__frame--near", seen.zoom > 1);
    for (const size of NAMES) frame.classList.toggle(`map__frame--x${size}`, seen.zoom >= size);
    for (const tool of tools.children) {
      const done = tool.dataset.mapDo === "in" ? seen.zoom >= CLOSEST : seen.zoom <= 1;
      tool.setAttribute("aria-disabled", String(done));
    }
  };

  // A point of the screen in the map's own lengths.
  const at = (clientX, clientY) => {
    const point = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [point.x, point.y];
  };

  const zoomTo = (zoom, [x, y]) => {
    const next = Math.min(Math.max(zoom, 1), CLOSEST);
    seen.x = x - ((x - seen.x) * seen.zoom) / next;
    seen.y = y - ((y - seen.y) * seen.zoom) / next;
    seen.zoom = next;
    show();
  };

  const middle = () => [seen.x + width / seen.zoom / 2, seen.y + height / seen.zoom / 2];
  const shift = (across, down) => {
    seen.x += across;
    seen.y += down;
    show();
  };

  // What buttons and keys grow around: the area that has or last had the focus, the one that the map is about, else the
  // middle. One that is out of sight counts for nothing.
  let chosen = svg.querySelector(".map__here");
  svg.addEventListener("focusin", (event) => (chosen = event.target.closest(".map__place") ?? chosen));
  const aim = () => {
    if (!chosen?.isConnected) return middle();
    const box = chosen.getBBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const inSight = x >= seen.x && x <= seen.x + width / seen.zoom && y >= seen.y && y <= seen.y + height / seen.zoom;
    return inSight ? [x, y] : middle();
  };

  const deeds = {
    in: () => zoomTo(seen.zoom * STEP, aim()),
    out: () => zoomTo(seen.zoom / STEP, aim()),
    whole: () => zoomTo(1, middle()),
  };
  tools.addEventListener("click", (event) => deeds[event.target.closest("[data-map-do]")?.dataset.mapDo]?.());

  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = width / seen.zoom / 6;
    const arrows = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] };
    const deed = { "+": deeds.in, "=": deeds.in, "-": deeds.out, 0: deeds.whole }[event.key];
    if (deed) deed();
    else if (arrows[event.key] && seen.zoom > 1) shift(...arrows[event.key]);
    else return;
    event.preventDefault();
  });

  frame.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
      event.preventDefault();
      zoomTo(seen.zoom * Math.exp(-event.deltaY / 200), at(event.clientX, event.clientY));
    },
    { passive: false },
  );

  // What is reached by the keyboard is seen.
  svg.addEventListener("focusin", (event) => {
    if (seen.zoom === 1 || !event.target.matches(":focus-visible")) return;
    const box = event.target.getBBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const [wide, high] = [width / seen.zoom, height / seen.zoom];
    if (x < seen.x || x > seen.x + wide || y < seen.y || y > seen.y + high) {
      seen.x = x - wide / 2;
      seen.y = y - high / 2;
      show();
    }
  });

  const pair = () => {
    const [one, other] = [...fingers.values()];
    const gap = Math.hypot(one.x - other.x, one.y - other.y);
    return { gap, x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return; // a menu
    if (event.isPrimary) fingers.clear();
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved = false;
  });
  window.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const drags = event.pointerType === "mouse" && seen.zoom > 1;
    const before = fingers.size === 2 ? pair() : null;
    if (!drags && !before) return;
    const from = before ?? last;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const to = before ? pair() : fingers.get(event.pointerId);
    const [x0, y0] = at(from.x, from.y);
    const [x1, y1] = at(to.x, to.y);
    moved ||= Math.hypot(to.x - from.x, to.y - from.y) > 1;
    frame.classList.add("map__frame--moving");
    shift(x0 - x1, y0 - y1);
    if (before?.gap) zoomTo((seen.zoom * to.gap) / before.gap, at(to.x, to.y));
  });
  const lift = (event) => {
    fingers.delete(event.pointerId);
    frame.classList.remove("map__frame--moving");
  };
  window.addEventListener("pointerup", lift);
  window.addEventListener("pointercancel", lift);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  // The end of a drag is no click on what lies there.
  svg.addEventListener(
    "click",
    (event) => {
      if (moved) event.preventDefault();
      moved = false;
    },
    true,
  );

  tools.hidden = false;
  show();
};

const enlargeAll = () => {
  for (const frame of document.querySelectorAll("[data-map]:not([data-map-ready])")) {
    frame.dataset.mapReady = "";
    enlarge(frame);
  }
};
enlargeAll();
document.addEventListener("htmx:afterSettle", enlargeAll); // a page of results that came without a new document
