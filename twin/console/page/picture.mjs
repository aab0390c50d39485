/** The picture of the stack, drawn from plain shapes, with the parts in use highlighted. */
import { byId } from "./dom.mjs";
import { language, t } from "./texts.mjs";

const svgNamespace = "http://www.w3.org/2000/svg";

/** Milliseconds that an activity is highlighted, and one that lasts until the next. */
const highlightMs = 2500;
const lastingMs = 60_000;

/** Below this window width the parts are in one column. */
const narrow = matchMedia("(max-width: 640px)");

let activity;
let shownAt = 0;
let connectedDevices = () => 0;
let timer;
let names = new Map();
let requests = 0;

/** @param {() => number} liveSessions - The number of connected devices. */
export function beginPicture(liveSessions) {
  connectedDevices = liveSessions;
  narrow.addEventListener("change", () => void drawPicture());
}

export async function drawPicture() {
  const own = ++requests;
  const shape = narrow.matches ? "tall" : "wide";
  const answer = await fetch(`/picture.json?lang=${language()}&shape=${shape}`);
  const drawing = await answer.json();
  // Answers may arrive out of order: only the last request counts.
  if (own !== requests) return;
  const svg = make("svg", {
    class: "picture",
    viewBox: `0 0 ${drawing.width} ${drawing.height}`,
    role: "img",
    "aria-label": drawing.title,
  });
  svg.append(...drawing.shapes.map(shapeOf));
  names = new Map(
    drawing.shapes
      .filter(({ kind, className }) => kind === "text" && className === "heading")
      .map(({ part, text }) => [part, text]),
  );
  byId("picture").replaceChildren(svg);
  highlight();
}

function shapeOf(shape) {
  if (shape.kind === "line") {
    const { from, to, path } = shape;
    return make("path", { class: "line", d: path, "data-from": from, "data-to": to });
  }
  if (shape.kind === "text") {
    const { x, y, className, part } = shape;
    const text = make("text", { class: className, x, y, "data-part": part });
    text.textContent = shape.text;
    return text;
  }
  const { x, y, width, height, className, part } = shape;
  return make("rect", { class: className, x, y, width, height, rx: 8, "data-box": part });
}

function make(tag, attributes) {
  const made = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  return made;
}

/** Highlights the parts of an activity for a moment. */
export function showActivity(next) {
  // A refusal stays visible when the next activity follows immediately.
  if (activity?.failed && !next.failed && Date.now() - shownAt < highlightMs) return;
  clearTimeout(timer);
  activity = next;
  shownAt = Date.now();
  timer = setTimeout(
    () => {
      activity = undefined;
      highlight();
    },
    next.lasting ? lastingMs : highlightMs,
  );
  highlight();
}

/** Updates the picture and its text to the current activity. */
export function highlight() {
  const isLit = (part) => activity?.parts.includes(part) ?? false;
  for (const box of document.querySelectorAll("[data-box]")) {
    box.classList.toggle("lit", isLit(box.dataset.box) && activity.failed !== box.dataset.box);
    box.classList.toggle("failed", activity?.failed === box.dataset.box);
  }
  for (const line of document.querySelectorAll("[data-from]")) {
    line.classList.toggle("lit", isLit(line.dataset.from) && isLit(line.dataset.to));
  }
  const texts = t();
  const nameOf = (part) => names.get(part) ?? part;
  const sentences = [
    ...(activity?.failed ? [texts.failedAt(nameOf(activity.failed))] : []),
    activity
      ? texts.inUse(activity.parts.map(nameOf).join(" → "))
      : texts.quiet(connectedDevices()),
  ];
  byId("activity").textContent = sentences.join("  ");
}
