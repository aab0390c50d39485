/** A picture as plain shapes, for an SVG file and for the console's page. */
import type { PartName } from "./part";

export interface Box {
  readonly kind: "box";
  /** The part of the box; undefined for a zone around boxes. */
  readonly part?: PartName;
  readonly className: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly kind: "line";
  /** The parts it connects. */
  readonly from: PartName;
  readonly to: PartName;
  /** SVG path data with the arrowhead. */
  readonly path: string;
}

export interface Text {
  readonly kind: "text";
  /** The part whose box contains the text. */
  readonly part?: PartName;
  readonly className: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export type Shape = Box | Line | Text;

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** A description for screen readers. */
  readonly title: string;
  /** In drawing order. */
  readonly shapes: readonly Shape[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Path data of a line that ends in an arrowhead. */
export function arrow(points: readonly Point[]): string {
  const [before, end] = points.slice(-2);
  const length = Math.hypot(end.x - before.x, end.y - before.y);
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const [size, half] = [8, 5];
  const base = { x: end.x - dx * size, y: end.y - dy * size };
  const sides = [
    { x: base.x - dy * half, y: base.y + dx * half },
    { x: base.x + dy * half, y: base.y - dx * half },
  ];
  const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
  return [
    ...[`M${at(points[0])}`, ...points.slice(1).map((point) => `L${at(point)}`)],
    ...[`M${at(sides[0])}`, `L${at(end)}`, `L${at(sides[1])}`],
  ].join("");
}

const round = (value: number) => Math.round(value * 100) / 100;
