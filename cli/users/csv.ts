import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";

/** A record, and the line of the file that it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The text is not CSV as RFC 4180 describes it, or has columns that are not valid. */
export class BadCsv extends Error {
  override readonly name = "BadCsv";

  constructor(
    readonly line: number,
    problem: string,
  ) {
    super(`Line ${line}: ${problem}`);
  }
}

/**
 * The records of a text, without empty lines and byte order mark. Line ends within quotes become `\n`.
 *
 * @throws BadCsv for a quote that is not closed or not at the beginning of a field.
 */
export function parseCsv(text: string): CsvRecord[] {
  const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true };
  try {
    // csv-parse counts a CR LF within quotes as two lines.
    const records = parse(text.replace(/\r\n?/g, "\n"), {
      ...options,
      record_delimiter: "\n",
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({
      line: info.lines - record.join("").split("\n").length + 1,
      fields: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser's own message quotes the field, which can be a password.
    throw new BadCsv(
      Number(error.lines),
      "a quote is not closed, or not at the beginning of a field.",
    );
  }
}

/** A record's line, with its end; fields are quoted where necessary. */
export function formatCsv(fields: readonly string[]): string {
  return stringify([fields], { quoted_match: /^\s|\s$|\r/ });
}
