import * as path from "node:path";

import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";

/** One kind of item that the SORACOM driver creates and removes (soracom/main.ts). */
export type SoracomNoun = "claim" | "vpg" | "peering" | "group" | "sims";

const verbs: Record<SoracomNoun, { create: string; remove: string }> = {
  claim: { create: "ensure", remove: "remove" },
  vpg: { create: "ensure", remove: "remove" },
  peering: { create: "ensure", remove: "remove" },
  group: { create: "ensure", remove: "remove" },
  sims: { create: "attach", remove: "detach" },
};

/**
 * The program that runs the driver; the Command adds its line, for example `vpg ensure`, as the last argument. It
 * runs without a shell, so that signals reach the driver and the line is the same on every system. The path is
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
 * The specification is passed in an environment variable, without shell quoting and without secrets; the SORACOM keys
 * are in the environment of the Pulumi process (SORACOM_AUTH_KEY_ID, SORACOM_AUTH_KEY) and never in the state.
 *
 * @param triggers - Values that SORACOM cannot change in place, as known inputs: a new value removes the item before
 *   another is created, because each is billed while it exists. To replace an item together with that of another
 *   Command, use that Command's URN, which is known in every preview: its output is unknown whenever it is updated in
 *   place, and would show a replacement that does not happen.
 */
export function soracomCommand(
  name: string,
  noun: SoracomNoun,
  spec: Record<string, unknown>,
  triggers: pulumi.Input<unknown>[],
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const { create: make, remove: unmake } = verbs[noun];
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
 * Sets values that SORACOM can change in place, such as tags and resolvers, on an item that another Command has
 * created, which the driver finds by its owner. The creating Command does not have these values as inputs, so it is
 * unchanged, and its ids are known in the preview of such a change. This Command is replaced together with the
 * creating one, and its deletion does nothing.
 */
export function soracomSettings(
  name: string,
  noun: "vpg" | "group",
  spec: Record<string, unknown>,
  created: command.local.Command,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const line = `${noun} ${verbs[noun].create}`;
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
