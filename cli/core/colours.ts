import pc from "picocolors";

/**
 * Whether output is coloured: on a terminal, unless NO_COLOR (https://no-color.org) is set; FORCE_COLOR always
 * colours. picocolors itself also colours in CI, where the log is not a terminal.
 */
export function wantsColour(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTerminal && env.TERM !== "dumb";
}

/** Colours of this process, which prints for people on standard output, or with `--json` on standard error. */
export const colours = pc.createColors(
  wantsColour(process.env, Boolean(process.stdout.isTTY && process.stderr.isTTY)),
);
