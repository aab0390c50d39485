/**
 * Lists of SIMs as users have them: a plain list, a CSV file of their own, SORACOM's export, or one of these after a
 * spreadsheet program saved it.
 */
import * as fs from "node:fs";

import { CsvError, parse } from "csv-parse/sync";

/** Pattern of a SIM's id. */
export const simIdForm = /^\d{18,22}$/;

/** The same in words. */
export const simIdWords = "18 to 22 digits, as SORACOM shows";

/** A list of SIMs as read, and its mistakes: a line of the file, what it contains, what is allowed. */
export interface SimList {
  readonly simIds: string[];
  /** The line of each SIM. */
  readonly lineOf: ReadonlyMap<string, number>;
  readonly wrong: { readonly line: number; readonly given: string; readonly allowed: string }[];
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

const simColumn = /^sim[ _-]?id$/i;
const imsiColumn = /^imsi$/i;

/** A number that a spreadsheet program saved with 15 significant digits, or in scientific notation. */
const roundedForm = /^\d{15}0{3,}$|^\d([.,]\d+)?E\+?\d+$/i;

const allowed = {
  id: simIdWords,
  unrounded: `${simIdWords}; a spreadsheet program rounded this number, so format the column as text and enter the id again`,
  columns:
    "a first line that names the columns, one of them simId, or a SIM id in the first column",
  quotes: "a quote that is closed",
};

/**
 * Reads a list of SIMs: one on each line, as the only field or in the first of several. When the first line names
 * its columns, the one called simId (or SIM ID) counts. Fields are separated by commas, semicolons or tabs and may be
 * quoted. Empty lines and lines that begin with # are left out.
 *
 * A SIM may be listed again only when there is a column IMSI: SORACOM's export has a row for each IMSI of a SIM
 * (https://users.soracom.io/ja-jp/docs/air/secondary-subscription/).
 */
export function parseSims(text: string): SimList {
  const simIds: string[] = [];
  const lineOf = new Map<string, number>();
  const wrong: SimList["wrong"] = [];
  const list = { simIds, lineOf, wrong };

  const { rows, unclosed } = readRows(text);
  if (unclosed) wrong.push({ ...unclosed, allowed: allowed.quotes });
  const [first] = rows;
  if (!first) return list;

  const named = first.cells.findIndex((cell) => simColumn.test(cell));
  if (named < 0 && !/\d/.test(first.cells[0] ?? "")) {
    wrong.push({ line: first.line, given: first.cells.join(","), allowed: allowed.columns });
    return list;
  }
  const mayRepeat = named >= 0 && first.cells.some((cell) => imsiColumn.test(cell));
  for (const { line, cells } of named < 0 ? rows : rows.slice(1)) {
    const given = cells[Math.max(named, 0)] ?? "";
    const before = lineOf.get(given);
    if (roundedForm.test(given)) wrong.push({ line, given, allowed: allowed.unrounded });
    else if (!simIdForm.test(given)) wrong.push({ line, given, allowed: allowed.id });
    else if (before === undefined) {
      lineOf.set(given, line);
      simIds.push(given);
    } else if (!mayRepeat) {
      wrong.push({ line, given, allowed: `each only once; line ${before} has it` });
    }
  }
  return list;
}

function readRows(text: string): { rows: Row[]; unclosed?: { line: number; given: string } } {
  // csv-parse counts a CR LF within quotes as two lines.
  const lines = text.replace(/\r\n?/g, "\n");
  const options = { record_delimiter: "\n", delimiter: delimiterOf(lines), info: true };
  const leniency = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  try {
    const records = parse(lines, {
      ...options,
      ...leniency,
      comment: "#",
      comment_no_infix: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const rows = records.map(({ record, info }) => ({
      line: info.lines - record.join("").split("\n").length + 1,
      cells: record.map(cleanCell),
    }));
    return { rows: rows.filter(({ cells }) => cells.some((cell) => cell !== "")) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines);
    return { rows: [], unclosed: { line, given: lines.split("\n")[line - 1] ?? "" } };
  }
}

/** The separator that the first line has most of. */
function delimiterOf(text: string): string {
  const first = /^(?!#).*\S.*$/m.exec(text)?.[0] ?? "";
  const unquoted = first.replace(/"[^"]*"/g, "");
  const count = (separator: string): number => unquoted.split(separator).length;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Without blanks, and without the forms that keep a spreadsheet program from reading a number: ="…" and '…. */
function cleanCell(cell: string): string {
  return cell
    .trim()
    .replace(/^=?"(.*)"$/, "$1")
    .replace(/^'/, "")
    .trim();
}

/** The text of a list of SIMs. Throws an Error with a sentence when it cannot be read. */
export function readSimFile(file: string): string {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`);
  }
  return decodeText(bytes);
}

/**
 * Decodes UTF-8, UTF-16 or Shift_JIS, with or without a byte order mark. Excel saves "Unicode text" as UTF-16, and CSV
 * on Japanese Windows as Shift_JIS.
 */
export function decodeText(bytes: Uint8Array): string {
  for (const encoding of ["utf-16le", "utf-16be"]) {
    if (isUtf16(bytes, encoding)) return new TextDecoder(encoding).decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}

/** By its mark, or by the zero byte of a first character that is ASCII. */
function isUtf16([first, second]: Uint8Array, encoding: string): boolean {
  const [low, high] = encoding === "utf-16le" ? [first, second] : [second, first];
  return (low === 0xff && high === 0xfe) || (low > 0 && high === 0);
}
