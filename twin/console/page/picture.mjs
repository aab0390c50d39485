/** The picture of the stack, drawn from plain shapes, with what is in use lit up. */
import { byId } from "./dom.mjs";
import { language, t } from "./texts.mjs";

const SVG = "http://www.w3.org/2000/svg";

/** Milliseconds a hop stays lit, and one that lasts until the next. */
const LIT_MS = 2500;
const LASTING_MS = 60_000;

/** Below this width of the window the parts stand one below the other. */
const narrow = matchMedia("(max-width: 640px)");

let hop;
let shownAt = 0;
let isConnected = () => 0;
let darkens;
let names = new Map();
let asked = 0;

/** @param {() => number} liveSessions how many devices are connected */
export function beginPicture(liveSessions) {
  isConnected = liveSessions;
  narrow.addEventListener("change", () => void drawPicture());
}

export async function drawPicture() {
  const own = ++asked;
  const shape = narrow.matches ? "tall" : "wide";
  const answer = await fetch(`/picture.json?lang=${language()}&shape=${shape}`);
  const drawing = await answer.json();
  // Answers may overtake one another: what was asked for last is what is wanted.
  if (own !== asked) return;
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
  light();
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
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  return made;
}

/** Lights up what something went through, for a moment. */
export function showHop(next) {
  // What refused stays to be seen, whatever goes through right after it.
  if (hop?.failed && !next.failed && Date.now() - shownAt < LIT_MS) return;
  clearTimeout(darkens);
  hop = next;
  shownAt = Date.now();
  darkens = setTimeout(
    () => {
      hop = undefined;
      light();
    },
    next.lasting ? LASTING_MS : LIT_MS,
  );
  light();
}

/** Brings picture and sentence to what is so now. */
export function light() {
  const isLit = (part) => hop?.parts.includes(part) ?? false;
  for (const box of document.querySelectorAll("[data-box]")) {
    box.classList.toggle("lit", isLit(box.dataset.box) && hop.failed !== box.dataset.box);
    box.classList.toggle("failed", hop?.failed === box.dataset.box);
  }
  for (const line of document.querySelectorAll("[data-from]")) {
    line.classList.toggle("lit", isLit(line.dataset.from) && isLit(line.dataset.to));
  }
  const say = t();
  const nameOf = (part) => names.get(part) ?? part;
  const sentences = [
    ...(hop?.failed ? [say.failedAt(nameOf(hop.failed))] : []),
    hop ? say.inUse(hop.parts.map(nameOf).join(" → ")) : say.quiet(isConnected()),
  ];
  byId("hop").textContent = sentences.join("  ");
}
