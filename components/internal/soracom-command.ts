import * as path from "node:path";

import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";

import type { Coverage } from "../../lib/soracom-regions";

export type { Coverage };

/** One thing the SORACOM driver can make and take away (soracom/main.ts). */
export type SoracomNoun = "vpg" | "peering" | "group" | "sims";

const verbs: Record<SoracomNoun, { make: string; unmake: string }> = {
  vpg: { make: "ensure", unmake: "remove" },
  peering: { make: "ensure", unmake: "remove" },
  group: { make: "ensure", unmake: "remove" },
  sims: { make: "attach", unmake: "detach" },
};

/**
 * The command line that runs the driver. Its path is relative to the working directory, so that the line is the same
 * on every machine; double quotes are understood by POSIX shells and by cmd.exe.
 */
export function driverLine(noun: SoracomNoun, verb: string): string {
  // The published package is compiled JavaScript; the repository runs TypeScript.
  const extension = path.extname(__filename);
  const driver = path.relative(
    process.cwd(),
    path.join(__dirname, "..", "..", "soracom", `main${extension}`),
  );
  const node = extension === ".ts" ? "node -r ts-node/register" : "node";
  return `${node} ${/^[\w./-]+$/.test(driver) ? driver : `"${driver}"`} ${noun} ${verb}`;
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
