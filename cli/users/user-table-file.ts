/** Users as rows of a CSV file: what import reads and export writes. */
import type { UserRecord } from "../../lambdas/identity-provider/stores/user-store";
import { nearest } from "../../stacks/nearest";
import { BadCsv, formatCsv, parseCsv } from "./csv";
import {
  BadField,
  formatFields,
  parseAccess,
  parseBlocks,
  parseFlag,
  parseMappings,
  parseNote,
  parseTime,
  type UserFields,
} from "./fields";

/** The columns, in the order of an export. Only `name` is required. */
export const columns = [
  "name",
  "password",
  "enabled",
  "access",
  "until",
  "from",
  "mappings",
  "note",
  "hash",
] as const;
type Column = (typeof columns)[number];

const fieldColumns: readonly (readonly [Column, keyof UserFields])[] = [
  ["enabled", "enabled"],
  ["access", "access"],
  ["until", "validUntil"],
  ["from", "allowedCidrs"],
  ["mappings", "mappings"],
  ["note", "note"],
];

/** A readable row. */
export interface UserRow {
  readonly line: number;
  readonly name: string;
  /** Undefined: one is generated. */
  readonly password?: string;
  /** A hash from elsewhere, to be kept or, with the password, to be verified. */
  readonly hash?: string;
  readonly fields: UserFields;
  /** Fields whose column the file has, also where the cell is empty. */
  readonly given: readonly (keyof UserFields)[];
}

/** A row that cannot be used, or a user that could not be added. */
export interface RowProblem {
  readonly line: number;
  readonly name: string;
  readonly reason: string;
}

/**
 * The rows of a file. Problems of rows are collected. No message contains a password.
 *
 * @throws BadCsv when the file is not CSV, has no header, or has an unknown column.
 */
export function readUserRows(text: string): { rows: UserRow[]; problems: RowProblem[] } {
  const [header, ...records] = parseCsv(text);
  const order = readHeader(header?.fields ?? []);
  const given = fieldColumns.flatMap(([column, field]) => (order.includes(column) ? [field] : []));
  const rows: UserRow[] = [];
  const problems: RowProblem[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, fields } of records) {
    const cell = (column: Column) => fields[order.indexOf(column)]?.trim() ?? "";
    const name = cell("name");
    const fail = (reason: string) => problems.push({ line, name, reason });
    const first = lineOf.get(name);
    if (fields.length > order.length) {
      fail(`There are ${fields.length} fields for ${order.length} columns.`);
    } else if (first !== undefined) {
      fail(`The name is on line ${first} already.`);
    } else {
      lineOf.set(name, line);
      try {
        // Not trimmed: a password can begin with a space.
        const password = fields[order.indexOf("password")] || undefined;
        const hash = cell("hash") || undefined;
        rows.push({ line, name, password, hash, fields: readFields(cell), given });
      } catch (error) {
        if (!(error instanceof BadField)) throw error;
        fail(error.message);
      }
    }
  }
  return { rows, problems };
}

/** The line of column names that {@link formatUserRow} fills. Passwords are never written. */
export const exportHeader = formatCsv(
  columns.filter((column) => column !== "password" && column !== "hash"),
);

/** A user as a line of the file: neither passwords nor hashes. */
export function formatUserRow(user: UserRecord): string {
  const { enabled, access, until, from, mappings, note } = formatFields(user);
  return formatCsv([user.name, enabled, access, until, from, mappings, note]);
}

function readHeader(fields: readonly string[]): string[] {
  const names = fields.map((field) => field.trim());
  for (const name of names) {
    if ((columns as readonly string[]).includes(name)) continue;
    const meant = nearest(name, columns);
    const hint = meant ? `Did you mean ${meant}?` : `Columns are ${columns.join(", ")}.`;
    throw new BadCsv(1, `there is no column ${JSON.stringify(name.slice(0, 40))}. ${hint}`);
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new BadCsv(1, `the column ${repeated} is there twice.`);
  if (!names.includes("name"))
    throw new BadCsv(1, "the first line names the columns; name is missing.");
  return names;
}

function readFields(cell: (column: Column) => string): UserFields {
  const given = <T>(column: Column, parse: (text: string) => T) =>
    cell(column) === "" ? undefined : parse(cell(column));
  const fields = {
    enabled: given("enabled", parseFlag),
    access: given("access", parseAccess),
    validUntil: given("until", parseTime),
    allowedCidrs: given("from", parseBlocks),
    mappings: given("mappings", parseMappings),
    note: given("note", parseNote),
  };
  // Without the undefined fields, which would replace the defaults of a record.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as UserFields;
}
