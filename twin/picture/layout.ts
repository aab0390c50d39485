/** The layout of a site's parts: in three columns, or in one for narrow screens. */
import { arrow, type Box, type Drawing, type Line, type Point, type Text } from "./drawing";
import { Part, PartName, partNames } from "./part";
import { clipMiddle, monoWidth, sansWidth } from "./text-width";
import { factText, Language, words } from "./texts";

export const shapesOfPicture = ["wide", "tall"] as const;
export type PictureShape = (typeof shapesOfPicture)[number];

export interface PictureOptions {
  readonly language: Language;
  readonly shape: PictureShape;
  /** Region of the AWS side. */
  readonly region: string;
  readonly project: string;
  readonly stack: string;
  /** Whether to draw heading and footnote, which the console's page has itself. */
  readonly caption: boolean;
}

/** The box of a part, with room for a heading, a name and three facts. */
const box = { width: 280, height: 116, padding: 12 };

/** Font sizes of heading, name and facts, as in picture.css. */
export const fontSizes = { heading: 15, name: 11, fact: 12.5 } as const;

interface Places {
  readonly width: number;
  readonly height: number;
  at(part: PartName): Point;
}

/** Column and row of each part: SORACOM's side, Canal and the endpoint, and the files. */
const cells: Readonly<Record<PartName, readonly [column: number, row: number]>> = {
  device: [0, 0],
  sims: [0, 1],
  vpg: [0, 2],
  canal: [1, 2],
  vpc: [1, 1],
  endpoint: [1, 0],
  identity: [2, 0],
  bucket: [2, 1],
  events: [2, 2],
};

/** Draws the parts. Equal inputs give equal drawings. */
export function draw(parts: readonly Part[], options: PictureOptions): Drawing {
  const { language, shape, region, project, stack, caption } = options;
  const present = partNames.filter((name) => parts.some(({ part }) => part === name));
  const top = caption ? 46 : 8;
  const places = shape === "wide" ? inColumns(top) : inOneColumn(present, top);
  const text = words[language];
  const title = text.title(project, stack);
  const end = places.height;
  const note: Text[] = text.note.map((line, index) => ({
    ...({ kind: "text", className: "note", x: 16, text: line } as const),
    y: end + 14 + index * 17,
  }));
  return {
    width: places.width,
    height: caption ? end + 14 + note.length * 17 : end,
    title,
    shapes: [
      ...(caption
        ? [{ kind: "text", className: "title", x: 16, y: 28, text: title } as const]
        : []),
      ...zones(present, places, region),
      ...edges(present, places, shape),
      ...present.flatMap((name) => {
        const part = parts.find((one) => one.part === name)!;
        return partShapes(part, places.at(name), language);
      }),
      ...(caption ? note : []),
    ],
  };
}

function inColumns(top: number): Places {
  const gap = { x: 64, y: 58 };
  return {
    width: 2 * 32 + 3 * box.width + 2 * gap.x,
    height: top + 30 + 3 * box.height + 2 * gap.y + 28,
    at: (part) => ({
      x: 32 + cells[part][0] * (box.width + gap.x),
      y: top + 30 + cells[part][1] * (box.height + gap.y),
    }),
  };
}

function inOneColumn(present: readonly PartName[], top: number): Places {
  const step = box.height + 52;
  return {
    width: 360,
    height: top + present.length * step + 8,
    at: (part) => ({ x: 44, y: top + present.indexOf(part) * step + 16 }),
  };
}

/** Frames around the boxes of SORACOM, AWS and the VPC, drawn first. */
function zones(present: readonly PartName[], places: Places, region: string): (Box | Text)[] {
  const frame = (
    names: readonly PartName[],
    className: string,
    padding: number,
    label?: string,
  ) => {
    const corners = names.filter((name) => present.includes(name)).map(places.at);
    if (corners.length === 0) return [];
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    const [x, y] = [Math.min(...xs) - padding, Math.min(...ys) - padding - (label ? 14 : 0)];
    const zone: Box = {
      kind: "box",
      className,
      x,
      y,
      width: Math.max(...xs) + box.width + padding - x,
      height: Math.max(...ys) + box.height + padding - y,
    };
    const text: Text[] = label
      ? [{ kind: "text", className: "zone-label", x: x + 10, y: y + 16, text: label }]
      : [];
    return [zone, ...text];
  };
  return [
    ...frame(["sims", "vpg"], "zone soracom", 14, "SORACOM"),
    ...frame(
      ["canal", "vpc", "endpoint", "identity", "bucket", "events"],
      "zone aws",
      16,
      `AWS ${region}`,
    ),
    ...frame(["vpc", "endpoint"], "zone vpc", 8),
  ];
}

/** The path of a file from part to part, and the call of the identity provider. */
function edges(present: readonly PartName[], places: Places, shape: PictureShape): Line[] {
  const path = present.filter((name) => name !== "identity");
  const pairs = path.slice(1).map((to, index) => [path[index], to] as const);
  return [...pairs, ["endpoint", "identity"] as const].map(([from, to]) => ({
    kind: "line",
    from,
    to,
    path: arrow(between(places.at(from), places.at(to), shape)),
  }));
}

/** From one box to the facing side of another, with a bend where they are not in line. */
function between(from: Point, to: Point, shape: PictureShape): Point[] {
  const { width, height } = box;
  const middle = (at: Point) => ({ x: at.x + width / 2, y: at.y + height / 2 });
  const [a, b] = [middle(from), middle(to)];
  const sign = Math.sign(b.y - a.y);
  if (a.x === b.x && Math.abs(b.y - a.y) < height * 2) {
    return [
      { x: a.x, y: a.y + (sign * height) / 2 },
      { x: b.x, y: b.y - (sign * height) / 2 },
    ];
  }
  if (shape === "tall") {
    // Around the boxes in between, on their left.
    const left = from.x - 12;
    return [
      { x: from.x, y: a.y },
      { x: left, y: a.y },
      { x: left, y: b.y },
      { x: to.x, y: b.y },
    ];
  }
  const [start, end] = [from.x + width, to.x];
  const bend = (start + end) / 2;
  // Two lines leave the endpoint on this side: they must not overlap.
  const shift = a.y === b.y ? 0 : (sign * height) / 4;
  return [
    { x: start, y: a.y + shift },
    ...(a.y === b.y
      ? []
      : [
          { x: bend, y: a.y + shift },
          { x: bend, y: b.y },
        ]),
    { x: end, y: b.y },
  ];
}

function partShapes({ part, name, facts }: Part, { x, y }: Point, language: Language) {
  const text = words[language];
  const inside = box.width - 2 * box.padding;
  const line = (className: keyof typeof fontSizes, dy: number, content: string): Text => ({
    kind: "text",
    part,
    className,
    x: x + box.padding,
    y: y + dy,
    text: clipMiddle(
      content,
      inside / fontSizes[className],
      className === "name" ? monoWidth : sansWidth,
    ),
  });
  const first = name === undefined ? 48 : 66;
  return [
    { kind: "box", part, className: "part", x, y, width: box.width, height: box.height } as const,
    line("heading", 26, text.parts[part]),
    ...(name === undefined ? [] : [line("name", 45, name)]),
    ...facts.map((fact, index) => line("fact", first + index * 18, factText(language, fact))),
  ];
}
