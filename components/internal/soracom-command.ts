import * as path from "node:path";

import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";

import type { Coverage } from "../../lib/soracom-regions";

export type { Coverage };

/** One kind of thing that the SORACOM driver creates and removes (soracom/main.ts). */
export type SoracomNoun = "claim" | "vpg" | "peering" | "group" | "sims";

const verbs: Record<SoracomNoun, { make: string; unmake: string }> = {
  claim: { make: "ensure", unmake: "remove" },
  vpg: { make: "ensure", unmake: "remove" },
  peering: { make: "ensure", unmake: "remove" },
  group: { make: "ensure", unmake: "remove" },
  sims: { make: "attach", unmake: "detach" },
};

/**
 * The program that runs the driver; the Command adds its line, for example `vpg ensure`, as the last argument. No
 * shell is in between, so that signals reach the driver and the line is the same on every system. The path is
 * relative to the working directory, so that it is the same on every machine.
 */
function driverProgram(): string[] {
  // The published package is compiled JavaScript; the repository runs TypeScript.
  const start = path.extname(__filename) === ".ts" ? "start.cjs" : "main.js";
  const file = path.join(__dirname, "..", "..", "soracom", start);
  return ["node", path.relative(process.cwd(), file).split(path.sep).join("/")];
}

/**
 * Runs the SORACOM driver as a local.Command. Creation is find-or-create: a create that fails leaves
 * nothing in Pulumi's state, so the next run has to find what was created.
 *
 * The specification travels in an environment variable, free of shell quoting and of secrets; the SORACOM keys
 * are in the environment of the Pulumi process (SORACOM_AUTH_KEY_ID, SORACOM_AUTH_KEY) and never in the state.
 *
 * @param triggers - What SORACOM cannot change in place, as known inputs: a new value removes the old thing before
 *   a new one is created, since each is billed while it exists. To be replaced together with another Command, take
 *   its URN, which is known in every preview: what it prints is unknown whenever it is updated in place, and would
 *   preview a replacement that does not happen.
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
      interpreter: driverProgram(),
      create: `${noun} ${make}`,
      update: `${noun} ${make}`,
      delete: `${noun} ${unmake}`,
      environment: { CANAL_FTP_SPEC: pulumi.jsonStringify(spec) },
      triggers,
      // Progress of a wait of minutes is shown; the JSON on stdout is for the program.
      logging: "stderr",
    },
    { deleteBeforeReplace: true, ...opts },
  );
}

/**
 * Sets what SORACOM changes in place, such as tags and resolvers, on what another Command has created: found by its
 * owner, by the same line of the driver. The creating Command, whose inputs have none of it, then stays as it is, and
 * the ids that it printed are known in the preview of such a change. It is replaced together with that Command, and
 * its deletion does nothing.
 */
export function soracomSettings(
  name: string,
  noun: "vpg" | "group",
  spec: Record<string, unknown>,
  created: command.local.Command,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const line = `${noun} ${verbs[noun].make}`;
  return new command.local.Command(
    name,
    {
      interpreter: driverProgram(),
      create: line,
      update: line,
      environment: { CANAL_FTP_SPEC: pulumi.jsonStringify(spec) },
      triggers: [created.urn],
      logging: "stderr",
    },
    { deleteBeforeReplace: true, dependsOn: created, ...opts },
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
