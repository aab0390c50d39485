import { parseSims, readSimFile, simIdForm, simIdWords } from "../../stacks/sim-file";
import { Failure, misuse } from "../core/failure";

/** The SIMs of the command line and of the file, each once. Throws a Failure with every mistake, a line each. */
export function givenSims(simIds: readonly string[], file: string | undefined): string[] {
  const wrong = simIds.filter((simId) => !simIdForm.test(simId));
  if (wrong.length > 0) throw misuse(`${wrong.join(", ")}: a SIM has ${simIdWords}.`);
  const all = [...new Set([...simIds, ...(file === undefined ? [] : simsOf(file))])];
  if (all.length === 0) throw misuse("Name SIMs, or a file of them with --file.");
  return all;
}

function simsOf(file: string): string[] {
  let text: string;
  try {
    text = readSimFile(file);
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}.`);
  }
  const { simIds, wrong } = parseSims(text);
  if (wrong.length === 0) return simIds;
  const lines = wrong.map(
    ({ line, given, allowed }) =>
      `  ${file}:${line}: ${JSON.stringify(given)} given; allowed: ${allowed}`,
  );
  throw new Failure([`${file} has mistakes; nothing was done:`, ...lines].join("\n"));
}
