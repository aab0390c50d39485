import { readFileSync } from "node:fs";
import * as path from "node:path";

import type { Drawing, Shape } from "./drawing";

/** The drawing as a complete SVG file, with light and dark colours. */
export function toSvg({ width, height, title, shapes }: Drawing): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<style>\n${styles()}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...shapes.map(element),
    "</svg>\n",
  ].join("\n");
}

function element(shape: Shape): string {
  switch (shape.kind) {
    case "box":
      return `<rect class="${shape.className}" x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" rx="8"/>`;
    case "line":
      return `<path class="line" d="${shape.path}"/>`;
    case "text":
      return `<text class="${shape.className}" x="${shape.x}" y="${shape.y}">${escapeXml(shape.text)}</text>`;
  }
}

/** The style sheet without its comments. */
function styles(): string {
  const file = path.join(__dirname, "picture.css");
  return readFileSync(file, "utf8").replace(/\/\*[^]*?\*\/\n/g, "");
}

/** Escapes a text for XML: names may contain any characters. */
export function escapeXml(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    '"': "&quot;",
  };
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replace(/[<>&"]/g, (mark) => marks[mark]);
}
