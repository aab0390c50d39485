import type { EvaluationRequest } from "../../lib/stack/evaluate-in-child";
import type { EvaluatedStack } from "../../lib/stack/resource";
import { readStackConfig } from "../../lib/stack/stack-config";
import { unknownTypeNotices } from "../../resources";
import { lanPasswordLength, type TwinOptions } from "../options";
import { generatedUser, saveUser } from "./generated-user";
import { programUsers } from "./program-users";
import type { StackSource } from "./source";

/**
 * The stack that the program in a folder would create.
 *
 * @param root - Folder of the program.
 * @throws Error for a configuration that cannot be used, and the program's own errors
 */
export function fromProgram(
  root: string,
  { stack: name, users: named, deviceAddress, data, lan }: TwinOptions,
  evaluate: (request: EvaluationRequest) => Promise<EvaluatedStack>,
): StackSource {
  return async (notice) => {
    const config = readStackConfig(root, name);
    for (const key of config.encrypted) {
      notice(
        `${key} is encrypted in Pulumi.${name}.yaml and left out: only the Pulumi CLI can read it.`,
      );
    }
    const generated = generatedUser(data, lan && lanPasswordLength);
    const { users, asSecrets, values, secretKeys } = programUsers(config, named, generated);
    const stack = await evaluate({
      root,
      project: config.project,
      stack: name,
      config: values,
      secretKeys,
      deviceAddress,
    });
    unknownTypeNotices(stack.resources).forEach(notice);
    if (users.includes(generated)) saveUser(data, generated);
    return { stack, users, putUsers: asSecrets };
  };
}
