import * as path from "node:path";

import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";

/** One thing the SORACOM driver can make and take away (soracom/main.ts). */
export type SoracomNoun = "vpg" | "peering" | "group" | "sims";

/** SORACOM's coverage: `jp` (Japan) or `g` (Global). Each has its own API, SIMs and VPGs. */
export type Coverage = "jp" | "g";

const verbs: Record<SoracomNoun, { make: string; unmake: string }> = {
  vpg: { make: "ensure", unmake: "remove" },
  peering: { make: "ensure", unmake: "remove" },
  group: { make: "ensure", unmake: "remove" },
  sims: { make: "attach", unmake: "detach" },
};

/** The shell line that runs the driver, relative to the program's folder so that it is the same on every machine. */
export function driverLine(noun: SoracomNoun, verb: string): string {
  const driver = fromProgram("soracom", "main.ts");
  // The project's own loader: it works where the project is a package of another one as well, which ts-node leaves
  // alone. Without a dot Node would take it for a package.
  return `node -r ./${fromProgram("tools", "register.cjs")} ${driver} ${noun} ${verb}`;
}

/** A file of this project as seen from where the program runs. */
function fromProgram(...file: string[]): string {
  return path.relative(process.cwd(), path.join(__dirname, "..", ...file));
}

/**
 * Runs the SORACOM driver as a local.Command. Making is find-or-create: a create that fails half-way leaves
 * nothing in Pulumi's state, so the next run has to find what was made.
 *
 * The specification travels in an environment variable, free of shell quoting and of secrets; the SORACOM keys
 * are in the environment of the Pulumi process (SORACOM_AUTH_KEY_ID, SORACOM_AUTH_KEY) and never in the state.
 *
 * @param triggers what SORACOM cannot change in place: a new value takes the old thing away before making a new
 *   one, since each is billed from the minute it exists.
 */
export function soracomCommand(
  name: string,
  noun: SoracomNoun,
  spec: Record<string, unknown>,
  triggers: pulumi.Input<unknown>[],
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const { make, unmake } = verbs[noun];
  return new command.local.Command(
    name,
    {
      create: driverLine(noun, make),
      update: driverLine(noun, make),
      delete: driverLine(noun, unmake),
      environment: { CANAL_FTP_SPEC: pulumi.jsonStringify(spec) },
      triggers,
      // Progress of a wait of minutes is worth seeing; the JSON on stdout is for the program.
      logging: "stderr",
    },
    { deleteBeforeReplace: true, ...opts },
  );
}

/** One field of the driver's JSON line; in a preview, where the driver has not run, it is unknown. */
export function field<T>(line: command.local.Command, name: string): pulumi.Output<T> {
  return line.stdout.apply((stdout) => {
    const value = (JSON.parse(stdout) as Record<string, unknown>)[name];
    if (value === undefined) {
      throw new Error(`The SORACOM driver's answer has no "${name}": ${stdout}`);
    }
    return value as T;
  });
}
