import { parseSims, readSimFile, simIdForm, simIdWords } from "../../lib/sim-file";
import { UserError, usageError } from "../core/errors";

/**
 * The SIMs of the command line and of the file, each once.
 *
 * @throws UserError that lists every mistake of the file, one per line.
 */
export function givenSims(simIds: readonly string[], file: string | undefined): string[] {
  const wrong = simIds.filter((simId) => !simIdForm.test(simId));
  if (wrong.length > 0) throw usageError(`${wrong.join(", ")}: a SIM id has ${simIdWords}.`);
  const all = [...new Set([...simIds, ...(file === undefined ? [] : readSims(file))])];
  if (all.length === 0) throw usageError("Give SIM ids, or a file of them with --file.");
  return all;
}

function readSims(file: string): string[] {
  let text: string;
  try {
    text = readSimFile(file);
  } catch (error) {
    throw new UserError(`${file}: ${(error as Error).message}.`);
  }
  const { simIds, wrong } = parseSims(text);
  if (wrong.length === 0) return simIds;
  const lines = wrong.map(
    ({ line, given, allowed }) =>
      `  ${file}:${line}: ${JSON.stringify(given)} given; allowed: ${allowed}`,
  );
  throw new UserError([`${file} has mistakes; nothing was changed:`, ...lines].join("\n"));
}
