import { escapeXml } from "../../twin/picture/svg";
import { refusedShare } from "./closed-form";
import type { Fleet } from "./fleet";
import { simulate } from "./simulation";

const size = { width: 760, height: 420 };
const frame = { left: 64, right: 150, top: 56, bottom: 56 };
/** Points of a line, and simulated points. */
const [linePoints, simulatedPoints] = [100, 10];
const colours = ["#0b7a85", "#b4552d", "#6b4fa3", "#55606e"];

/** Numbers of source addresses to draw: the fleet's, and up to three more. */
function addressesOf({ addresses }: Fleet): number[] {
  return [addresses, addresses * 2, addresses * 4, addresses * 8];
}

/**
 * The share of refused transfers over the spread, a line for each number of source addresses; points are simulated. The
 * same fleet gives the same file.
 */
export function capacitySvg(fleet: Fleet, title: string): string {
  const x = (spread: number) =>
    round(frame.left + (spread / fleet.every) * (size.width - frame.left - frame.right));
  const y = (share: number) =>
    round(size.height - frame.bottom - share * (size.height - frame.top - frame.bottom));
  const spreads = (count: number) =>
    Array.from({ length: count + 1 }, (_, index) => (index / count) * fleet.every);
  const series = addressesOf(fleet).map((addresses, index) => ({
    addresses,
    colour: colours[index],
    line: spreads(linePoints).map((spread) => ({
      spread,
      share: refusedShare({ ...fleet, addresses, spread }),
    })),
    points: spreads(simulatedPoints).map((spread) => ({
      spread,
      share: simulate({ ...fleet, addresses, spread }).refused,
    })),
  }));
  const label = (addresses: number) => `${addresses} ${addresses === 1 ? "address" : "addresses"}`;
  const text = (cx: number, cy: number, content: string, more = "") =>
    `<text x="${cx}" y="${cy}"${more}>${escapeXml(content)}</text>`;
  const percent = [0, 0.25, 0.5, 0.75, 1];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="capacity" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">Share of refused transfers over the spread of their beginnings; lines calculated, points simulated.</desc>`,
    `<style>.capacity { font-family: system-ui, sans-serif; font-size: 12.5px; } .capacity text, .axis { fill: CanvasText; } .paper { fill: Canvas; } .grid { stroke: GrayText; stroke-width: 0.5; } .line { fill: none; stroke-width: 2; } svg { color-scheme: light dark; }</style>`,
    `<rect class="paper" width="${size.width}" height="${size.height}"/>`,
    text(frame.left, 28, title, ' font-size="16" font-weight="600"'),
    ...percent.flatMap((share) => [
      `<path class="grid" d="M${frame.left} ${y(share)}H${size.width - frame.right}"/>`,
      text(frame.left - 8, y(share) + 4, `${share * 100} %`, ' text-anchor="end"'),
      text(
        x(share * fleet.every),
        size.height - frame.bottom + 18,
        `${round((share * fleet.every) / 60)} min`,
        ' text-anchor="middle"',
      ),
    ]),
    text(frame.left, 46, "refused at the first attempt"),
    text(
      (frame.left + size.width - frame.right) / 2,
      size.height - 14,
      "spread of the beginnings",
      ' text-anchor="middle"',
    ),
    ...series.flatMap(({ addresses, colour, line, points }, index) => [
      `<path class="line" stroke="${colour}" d="M${line.map(({ spread, share }) => `${x(spread)} ${y(share)}`).join("L")}"/>`,
      ...points.map(
        ({ spread, share }) =>
          `<circle cx="${x(spread)}" cy="${y(share)}" r="3" fill="${colour}"/>`,
      ),
      `<rect x="${size.width - frame.right + 16}" y="${frame.top + 22 * index}" width="12" height="12" fill="${colour}"/>`,
      text(size.width - frame.right + 34, frame.top + 22 * index + 11, label(addresses)),
    ]),
    "</svg>\n",
  ].join("\n");
}

const round = (value: number) => Math.round(value * 10) / 10;
