import { parseSims, readSimFile, simIdForm, simIdWords } from "../../lib/sim-file";
import { UserError, usageError } from "../core/errors";

/** The SIMs to work on. */
export interface GivenSims {
  /** Each once. */
  readonly simIds: readonly string[];
  /** File and line of those that the file lists. */
  readonly placeOf: ReadonlyMap<string, string>;
}

/**
 * The SIMs of the command line and of the file.
 *
 * @throws UserError that lists every mistake of the file, one per line.
 */
export function givenSims(simIds: readonly string[], file: string | undefined): GivenSims {
  const wrong = simIds.filter((simId) => !simIdForm.test(simId));
  if (wrong.length > 0) throw usageError(`${wrong.join(", ")}: a SIM id has ${simIdWords}.`);
  const placeOf = file === undefined ? new Map<string, string>() : readSims(file);
  const all = [...new Set([...simIds, ...placeOf.keys()])];
  if (all.length === 0) throw usageError("Give SIM ids, or a file of them with --file.");
  return { simIds: all, placeOf };
}

function readSims(file: string): Map<string, string> {
  let text: string;
  try {
    text = readSimFile(file);
  } catch (error) {
    throw new UserError(`${file}: ${(error as Error).message}.`);
  }
  const { lineOf, wrong } = parseSims(text);
  if (wrong.length > 0) {
    const lines = wrong.map(
      ({ line, given, allowed }) =>
        `  ${file}:${line}: ${JSON.stringify(given)} given; allowed: ${allowed}`,
    );
    throw new UserError([`${file} has mistakes; nothing was changed:`, ...lines].join("\n"));
  }
  return new Map([...lineOf].map(([simId, line]) => [simId, `${file}:${line}`]));
}
