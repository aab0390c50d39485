import { parseCsv } from "./csv";
import { readText } from "./read-text";

/** The names in a file: one on each line, or the column `name` of a CSV file. */
export function readNames(file: string, encoding?: string): string[] {
  const records = parseCsv(readText(file, encoding));
  const [header] = records;
  const column = header?.fields.findIndex((field) => field.trim() === "name") ?? -1;
  const rows = column < 0 ? records : records.slice(1);
  return rows
    .map(({ fields }) => (fields[Math.max(column, 0)] ?? "").trim())
    .filter((name) => name !== "");
}
