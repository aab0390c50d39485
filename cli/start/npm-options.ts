import type { Command } from "commander";

import { usageError } from "../core/errors";

/** Options that npm has as well. */
const sharedWithNpm = new Set(["json", "help", "host"]);

/**
 * Stops when npm took an option of the command as its own: `npm start --console` lacks the `--` before the option.
 * npm passes such options as `npm_config_<name>` in the environment.
 */
export function refuseSwallowedOptions(command: Command, env: NodeJS.ProcessEnv): void {
  if (env.npm_lifecycle_event !== "start") return;
  for (const option of command.options) {
    const name = option.name();
    // npm takes --no-lockout as an empty npm_config_lockout.
    const key = option.negate ? name.replace(/^no-/, "") : name;
    const isSwallowed = env[`npm_config_${key.replaceAll("-", "_")}`] !== undefined;
    const isGiven = command.getOptionValueSource(option.attributeName()) === "cli";
    if (isSwallowed && !isGiven && !sharedWithNpm.has(name)) {
      throw usageError(`npm took --${name} as its own option: npm start -- --${name}`);
    }
  }
}
