/** Comma-separated values as RFC 4180 has them, which is what spreadsheets write. */

/** A record, and the line of the file it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The text is not CSV. */
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
 * The records of a text; empty lines are left out, a byte order mark is skipped.
 *
 * @throws BadCsv at a quote that is not closed, or stands where none may.
 */
export function parseCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let [line, began] = [1, 1];
  // One match is one field and what ends it: a comma, the end of a line, or the end of the text.
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  field.lastIndex = text.startsWith("\uFEFF") ? 1 : 0;
  for (;;) {
    const match = field.exec(text);
    if (!match)
      throw new BadCsv(line, "a quote is not closed, or not at the beginning of a field.");
    const [whole, quoted, plain, end] = match;
    fields.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ",") continue;
    if (fields.length > 1 || fields[0] !== "") records.push({ line: began, fields });
    if (end === "") return records;
    fields = [];
    began = line;
  }
}

/** A record's line, with its end; fields are quoted where they need it. */
export function formatCsv(fields: readonly string[]): string {
  const quoted = fields.map((field) =>
    /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
  );
  return `${quoted.join(",")}\n`;
}
