import * as fs from "node:fs";

/** A SIM's id as SORACOM shows it. */
export const simIdForm = /^\d{18,22}$/;

/** The same in words. */
export const simIdWords = "18 to 22 digits, as SORACOM shows";

/** A list of SIMs as read, and what is wrong with it: a line of the file, what it says, what would be right. */
export interface SimList {
  readonly simIds: string[];
  readonly wrong: { readonly line: number; readonly given: string; readonly allowed: string }[];
}

/**
 * Reads a list of SIMs: one on each line, as the only field or in the first of several. When the first line names
 * its columns, the one called simId (or SIM ID) counts. Empty lines and lines that begin with # are left out.
 */
export function parseSims(text: string): SimList {
  const list: SimList = { simIds: [], wrong: [] };
  const lineOf = new Map<string, number>();
  let column = 0;
  let first = true;
  for (const [index, row] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (row.trim() === "" || row.startsWith("#")) continue;
    const cells = row.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    const named = first ? cells.findIndex((cell) => /^sim[ _-]?id$/i.test(cell)) : -1;
    first = false;
    if (named >= 0) {
      column = named;
      continue;
    }
    const given = cells[column] ?? "";
    const line = index + 1;
    const before = lineOf.get(given);
    if (!simIdForm.test(given)) list.wrong.push({ line, given, allowed: simIdWords });
    else if (before) {
      list.wrong.push({ line, given, allowed: `each only once; line ${before} has it` });
    } else {
      lineOf.set(given, line);
      list.simIds.push(given);
    }
  }
  return list;
}

/** The text of a list. Throws an Error with a sentence when it cannot be read. */
export function readSimFile(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`);
  }
}
