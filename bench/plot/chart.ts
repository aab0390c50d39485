import { median } from "../measure";
import { goalOf, Saved, SavedFigure, withUnit } from "../saved";

/** Bars of one quantity, on one scale. */
export interface Group {
  /** "STOR of 200 MiB" */
  readonly title: string;
  /** "MiB/s, more is better; goal: at least 500 MiB/s" */
  readonly note: string;
  /** The value at the end of the scale. */
  readonly scale: number;
  /** Position of the goal on the scale; undefined without one. */
  readonly goal?: number;
  readonly bars: readonly Bar[];
}

/** One subject: its median, and the minimum and maximum of its runs. */
export interface Bar {
  /** For example "twin"; empty without a comparison. */
  readonly label: string;
  /** Whether the subject is this project's, not a peer's. */
  readonly isOurs: boolean;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** "840 MiB/s" */
  readonly text: string;
}

export interface Chart {
  /** File name of the picture. */
  readonly file: string;
  readonly title: string;
  readonly groups: readonly Group[];
}

/** Subjects of this project, and their names in comparisons. */
const projectSubjects: Readonly<Record<string, string>> = {
  twin: "twin",
  "waiting twin": "twin, ports wait",
  "own client": "canal-ftp",
};
const peers = ["vsftpd", "pyftpdlib", "AWS SDK", "toolkit", "CDK sample"];

/** Names of quantities in quoted figures, with their names here. */
const measuredNames: Readonly<Record<string, string>> = {
  "fresh process to first reply": "fresh process to first reply, with the hash",
  "warm decision, with its hash, p50": "warm decision, with the hash, p50",
  "warm decision, no hash, p50": "warm decision, remembered, p50",
  "peak memory": "peak memory, with the hash",
};

interface Subject {
  readonly label: string;
  readonly isOurs: boolean;
  readonly quantity: string;
}

/** The subject of "vsftpd: logins" is vsftpd; that of "npm start to ready" has no name. */
function subjectOf({ what }: SavedFigure): Subject {
  const [, quoted, name, rest] = /^(\(quoted\) )?([\w ]+?): (.*)$/.exec(what) ?? [];
  const isOurs = name in projectSubjects;
  if (!isOurs && !peers.includes(name)) return { label: "", isOurs: true, quantity: what };
  // The method is only in the table.
  const quantity = rest.replace(/ \([^()]*\)$/, "");
  const label = quoted ? `${name}, quoted` : (projectSubjects[name] ?? name);
  return { label, isOurs, quantity: quoted ? (measuredNames[quantity] ?? quantity) : quantity };
}

/** The charts that these figures give: comparisons with others, and the goals. */
export function chartsOf({ machine, runs, figures }: Saved): Chart[] {
  const groups = groupsOf(figures);
  const compared = (part: string) =>
    groups.filter(({ figures, bars }) => figures[0].part === part && bars.length > 1);
  const where = `${machine}, ${runs} ${runs === 1 ? "run" : "runs"}`;
  const alone = groups.filter(({ bars, goal }) => bars.length === 1 && goal !== undefined);
  return [
    {
      file: "bench-servers.svg",
      title: `Compared with other FTP servers (${where})`,
      of: compared("ftp"),
    },
    {
      file: "bench-identity.svg",
      title: `Identity provider compared with others (${where})`,
      of: compared("identity"),
    },
    { file: "bench-goals.svg", title: `Figures with a goal (${where})`, of: alone },
  ]
    .filter(({ of }) => of.length > 0)
    .map(({ of, ...chart }) => ({ ...chart, groups: of.map(withoutFigures) }));
}

type Gathered = Group & { readonly figures: readonly SavedFigure[] };

const withoutFigures = ({ figures: _, ...group }: Gathered): Group => group;

/** One group for each quantity, in the order of the figures. */
function groupsOf(figures: readonly SavedFigure[]): Gathered[] {
  const byQuantity = new Map<string, { subject: Subject; figure: SavedFigure }[]>();
  // The baseline of a subject in the same run is only in the table.
  for (const figure of figures.filter(({ what }) => !what.includes(", same run"))) {
    const subject = subjectOf(figure);
    const key = `${figure.part} ${subject.quantity}`;
    byQuantity.set(key, [...(byQuantity.get(key) ?? []), { subject, figure }]);
  }
  return [...byQuantity.values()].map((members) => {
    const all = members.map(({ figure }) => figure);
    const [first] = members;
    const goalFigure = all.find(({ goal }) => goal !== undefined);
    const goal = goalFigure?.goal?.atMost ?? goalFigure?.goal?.atLeast;
    const named = members.length > 1;
    const own =
      first.subject.isOurs && first.subject.label !== "" ? `${first.subject.label}: ` : "";
    return {
      title: named ? first.subject.quantity : `${own}${first.subject.quantity}`,
      note: noteOf(first.figure, goalFigure),
      scale: Math.max(...all.flatMap(({ values }) => values), goal ?? 0) || 1,
      ...(goal === undefined ? {} : { goal }),
      bars: members.map(({ subject, figure }) => ({
        label: named ? subject.label : "",
        isOurs: subject.isOurs,
        value: median(figure.values),
        least: Math.min(...figure.values),
        most: Math.max(...figure.values),
        text: withUnit(median(figure.values), figure.unit) + exceptIn(figure, figures),
      })),
      figures: all,
    };
  });
}

/** Note for a crowd that was not served completely, whose time is not comparable: ", 16 served". */
function exceptIn({ what }: SavedFigure, figures: readonly SavedFigure[]): string {
  const crowd = /^(.*: (\d+) clients, .*), time$/.exec(what);
  if (crowd === null) return "";
  const served = figures.find((figure) => figure.what === `${crowd[1]}, served`)?.values[0];
  return served === undefined || served >= Number(crowd[2]) ? "" : `, ${served} served`;
}

function noteOf({ unit, goal }: SavedFigure, goalFigure: SavedFigure | undefined): string {
  const isMoreBetter =
    goal?.atLeast !== undefined || (goal === undefined && ["", "1/s", "MiB/s"].includes(unit));
  const wanted = goalFigure && goalOf(goalFigure);
  return `${isMoreBetter ? "more" : "less"} is better${wanted ? `; goal: ${wanted}` : ""}`;
}
