import { parseSims, readSimFile, simIdForm, simIdWords } from "../../stacks/sim-file";
import { UserError, usageError } from "../core/errors";

/** The SIMs of the command line and of the file, each once. Throws a UserError with every mistake, a line each. */
export function givenSims(simIds: readonly string[], file: string | undefined): string[] {
  const wrong = simIds.filter((simId) => !simIdForm.test(simId));
  if (wrong.length > 0) throw usageError(`${wrong.join(", ")}: a SIM has ${simIdWords}.`);
  const all = [...new Set([...simIds, ...(file === undefined ? [] : simsOf(file))])];
  if (all.length === 0) throw usageError("Name SIMs, or a file of them with --file.");
  return all;
}

function simsOf(file: string): string[] {
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
  throw new UserError([`${file} has mistakes; nothing was done:`, ...lines].join("\n"));
}
