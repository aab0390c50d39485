import { escapeXml } from "../../twin/picture/svg";
import { clipMiddle, sansWidth } from "../../twin/picture/text-width";
import type { Bar, Chart, Group } from "./chart";

const chartWidth = 760;
const chartMargin = 24;
/** Width for the names of subjects left of the bars, and for values right of them. */
const labelWidth = 150;
const valueWidth = 150;
const headHeight = 24;
const barSize = { height: 16, step: 24 };
const rowGap = 18;
const fontSizes = { title: 18, heading: 14, label: 12.5 };

/** A chart as an SVG file, with light and dark colours. The same figures give the same file. */
export function chartSvg({ title, groups }: Chart): string {
  const lines: string[] = [];
  const hasLabels = groups.some(({ bars }) => bars.some(({ label }) => label !== ""));
  const left = chartMargin + (hasLabels ? labelWidth : 0);
  let y = chartMargin + 34;
  for (const group of groups) {
    lines.push(...groupLines(group, y, left));
    y += heightOf(group) + rowGap;
  }
  const height = y - rowGap + chartMargin;
  const about = escapeXml(`${title}. ${groups.map(sentence).join(" ")}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="bench" viewBox="0 0 ${chartWidth} ${height}" width="${chartWidth}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${about}</desc>`,
    `<style>\n${styles}</style>`,
    `<rect class="paper" width="${chartWidth}" height="${height}"/>`,
    text("title", chartMargin, chartMargin + 14, title),
    ...lines,
    "</svg>\n",
  ].join("\n");
}

const heightOf = ({ bars }: Group) => headHeight + bars.length * barSize.step;

/** Description of the bars for screen readers. */
function sentence({ title, note, bars }: Group): string {
  const values = bars.map(({ label, text }) => [label, text].filter(Boolean).join(" "));
  return `${title} (${note}): ${values.join(", ")}.`;
}

function groupLines(group: Group, top: number, left: number): string[] {
  const { title, note, scale, goal, bars } = group;
  const headingWidth = chartWidth - 2 * chartMargin - sansWidth(note) * fontSizes.label - 16;
  const heading = clipMiddle(title, headingWidth / fontSizes.heading);
  const noteX = chartMargin + sansWidth(heading) * fontSizes.heading + 12;
  const x = (value: number) =>
    round(left + (value / scale) * (chartWidth - chartMargin - valueWidth - left));
  const first = top + headHeight;
  return [
    text("heading", chartMargin, top + 12, heading),
    text("note", round(noteX), top + 12, note),
    ...bars.flatMap((bar, index) => barLines(bar, first + index * barSize.step, x)),
    ...(goal === undefined
      ? []
      : [
          `<path class="goal" d="M${x(goal)} ${first - 3}V${first + bars.length * barSize.step - 5}"/>`,
        ]),
    // Drawn over the goal's line, which they may cross.
    ...bars.flatMap((bar, index) => words(bar, first + index * barSize.step + 12, x)),
  ];
}

function barLines(bar: Bar, y: number, x: (value: number) => number): string[] {
  const { isOurs, value, least, most } = bar;
  const middle = y + barSize.height / 2;
  const width = Math.max(1, round(x(value) - x(0)));
  return [
    `<rect class="${isOurs ? "ours" : "peer"}" x="${x(0)}" y="${y}" width="${width}" height="${barSize.height}" rx="2"/>`,
    ...(most > least
      ? [
          `<path class="range" d="M${x(least)} ${middle - 4}v8M${x(least)} ${middle}H${x(most)}M${x(most)} ${middle - 4}v8"/>`,
        ]
      : []),
  ];
}

function words(
  { label, value, most, text: caption }: Bar,
  y: number,
  x: (value: number) => number,
) {
  const end = round(Math.max(x(value), x(most)) + 10);
  return [
    ...(label === "" ? [] : [text("label", chartMargin, y, label)]),
    text("value", end, y, caption),
  ];
}

const text = (className: string, x: number, y: number, words: string) =>
  `<text class="${className}" x="${x}" y="${y}">${escapeXml(words)}</text>`;

const round = (value: number) => Math.round(value * 10) / 10;

const styles = `.bench {
  --paper: #ffffff;
  --ink: #1c2430;
  --quiet: #55606e;
  --ours: #0b7a85;
  --peer: #9aa5b3;
  font-family: system-ui, "Segoe UI", Roboto, "Noto Sans JP", sans-serif;
}
@media (prefers-color-scheme: dark) {
  .bench {
    --paper: #12161c;
    --ink: #e6ebf2;
    --quiet: #a9b4c2;
    --ours: #3fb0bb;
    --peer: #5c6878;
  }
}
.paper { fill: var(--paper); }
text { fill: var(--ink); font-size: ${fontSizes.label}px; }
.title { font-size: ${fontSizes.title}px; font-weight: 600; }
.heading { font-size: ${fontSizes.heading}px; font-weight: 600; }
.value { stroke: var(--paper); stroke-width: 5; paint-order: stroke; }
.note { fill: var(--quiet); }
.ours { fill: var(--ours); }
.peer { fill: var(--peer); }
.range { fill: none; stroke: var(--ink); stroke-width: 1.2; }
.goal { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
`;
