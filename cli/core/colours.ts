import pc from "picocolors";

/**
 * Whether output is coloured: on a terminal, unless NO_COLOR (https://no-color.org) is set; FORCE_COLOR colours
 * anything. A log of a CI run is no terminal, though picocolors by itself takes it for one that likes colours.
 */
export function wantsColour(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTerminal && env.TERM !== "dumb";
}

/** Of this process: what it says for people goes to standard output, or with --json to standard error. */
export const colours = pc.createColors(
  wantsColour(process.env, Boolean(process.stdout.isTTY && process.stderr.isTTY)),
);
