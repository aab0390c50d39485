import { randomBytes } from "node:crypto";

import { unknownInputs } from "../known-inputs";
import type { Provider, ResourceRequest } from "../provider";
import { changedNames, Properties, unknown } from "../values";
import { killRunning, run } from "./run";

/**
 * `command.local.Command` as documented: the scripts are run, a change of triggers replaces the resource, any other
 * change runs `update`, and a delete runs the script in the state.
 */
export const commandProvider: Provider = {
  configure: () => undefined,

  check: ({ type }, inputs) => [
    ...unknownInputs(type, inputs),
    ...["assetPaths", "archivePaths"]
      .filter((name) => inputs[name] !== undefined)
      .map(
        (name) =>
          `The command provider of the tests does not return files: ${name} is not supported.`,
      ),
  ],

  diff({ oldInputs }, inputs) {
    const changed = changedNames(oldInputs, inputs);
    return { changed, replaces: changed.filter((name) => name === "triggers") };
  },

  async create(subject, inputs, preview) {
    if (preview) return { id: "", outputs: { ...inputs, stdout: unknown, stderr: unknown } };
    const printed = await execute(subject, inputs, inputs.create);
    return { id: `command${randomBytes(4).toString("hex")}`, outputs: { ...inputs, ...printed } };
  },

  async update(existing, inputs, preview) {
    if (preview) return { ...inputs, stdout: unknown, stderr: unknown };
    const printed = await execute(
      existing,
      inputs,
      inputs.update ?? inputs.create,
      existing.oldOutputs,
    );
    return { ...inputs, ...printed };
  },

  // There is no read: the result of a script is not checked again.
  read: async ({ oldInputs, oldOutputs }) => ({ inputs: oldInputs, outputs: oldOutputs }),

  async delete(existing) {
    const { oldOutputs } = existing;
    await execute(existing, oldOutputs, oldOutputs.delete, oldOutputs);
  },

  cancel: killRunning,

  async invoke(token) {
    throw new Error(`The command provider of the tests does not implement ${token}.`);
  },

  // A script may print its environment.
  secretOutputs: (outputs, secretInputs) => (secretInputs.length > 0 ? Object.keys(outputs) : []),
};

async function execute(
  subject: ResourceRequest,
  inputs: Properties,
  text: unknown,
  previous?: Properties,
): Promise<Properties> {
  if (typeof text !== "string") return { stdout: "", stderr: "" };
  const handedOn: Record<string, string> =
    previous && inputs.addPreviousOutputInEnv !== false
      ? {
          PULUMI_COMMAND_STDOUT: String(previous.stdout ?? ""),
          PULUMI_COMMAND_STDERR: String(previous.stderr ?? ""),
        }
      : {};
  return run(
    {
      text,
      interpreter: inputs.interpreter as string[] | undefined,
      dir: inputs.dir as string | undefined,
      stdin: inputs.stdin as string | undefined,
      logging: inputs.logging as string | undefined,
      environment: { ...(inputs.environment as Record<string, string>), ...handedOn },
    },
    (line) => subject.log(line),
  );
}
