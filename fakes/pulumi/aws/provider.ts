import { isDeepStrictEqual } from "node:util";

import { callInvoke, createResource, fileOf, resourceTypes } from "../../../resources";
import { ProviderContext } from "../../../resources/context";
import { fieldAt } from "../../../resources/rejections";
import type { Rejection } from "../../../resources/resource-type";
import { unknownInputs } from "../known-inputs";
import type { Difference, Existing, Provider } from "../provider";
import { changedNames, hasUnknown, Properties } from "../values";
import type { Account } from "./account";
import { waitForCreation } from "./durations";

/** A Pulumi provider for a simulated AWS account: outputs come from resources/, and the account is a folder. */
export function awsProvider(account: Account): Provider {
  let config: Record<string, string> = {};
  const context = () => new ProviderContext({ config, resources: () => account.asResources() });
  const reject = (rejection: Rejection | undefined, resource: Parameters<Rejection>[0]) => {
    const error = rejection?.(resource, {
      resources: account.asResources(),
      hasObjects: (bucket) => account.hasObjects(bucket),
    });
    if (error !== undefined) throw new Error(error);
  };
  const unknownTypes = new Set<string>();

  return {
    configure(values) {
      config = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [`aws:${name}`, value]),
      );
    },

    check({ type, log }, inputs) {
      const wrong = unknownInputs(type, inputs);
      if (wrong.length === 0 && !resourceTypes[type]?.replacedBy && !unknownTypes.has(type)) {
        unknownTypes.add(type);
        log(
          `Which changes replace ${type} is not known here: all are made in place. To define them, add it to ${fileOf(type)}.`,
        );
      }
      return wrong;
    },

    diff: (existing, inputs) => difference(existing, inputs),

    async create({ type, name }, inputs, preview) {
      if (preview) return { id: "", outputs: inputs };
      reject(resourceTypes[type]?.rejectCreate, { id: "", inputs });
      await waitForCreation(type);
      const unique = account.nextName(type, name);
      const { id, outputs } = createResource(type, unique, inputs, context());
      const all = { ...inputs, ...outputs };
      account.save({ type, name: unique, id, inputs, outputs: all });
      return { id, outputs: all };
    },

    async update({ type, id, oldInputs, oldOutputs }, inputs, preview) {
      const stored = account.find(type, id);
      if (!stored) throw new Error(`${type} ${id} does not exist.`);
      if (preview && hasUnknown(inputs)) return keepComputed(oldInputs, oldOutputs, inputs);
      const { outputs } = createResource(type, stored.name, inputs, context());
      const all = { ...keepComputed(oldInputs, oldOutputs, inputs), ...outputs };
      if (!preview) account.save({ ...stored, inputs, outputs: all });
      return all;
    },

    read: async ({ type, id }) => account.find(type, id),

    async delete({ type, id }) {
      const stored = account.find(type, id);
      // A provider takes AWS's 404 for a successful delete.
      if (!stored) return;
      reject(resourceTypes[type]?.rejectDelete, stored);
      if (type === "aws:s3/bucket:Bucket") account.removeObjects(id);
      account.remove(type, id);
    },

    invoke: async (token, inputs) => callInvoke(token, inputs, context()),

    secretOutputs: (outputs, secretInputs) =>
      secretInputs.filter((name) => outputs[name] !== undefined),
  };
}

/** Another region is another resource, for every type. */
const alwaysReplacedBy = ["region"];

function difference({ type, oldInputs }: Existing, inputs: Properties): Difference {
  const replaces = [...(resourceTypes[type]?.replacedBy ?? []), ...alwaysReplacedBy].filter(
    (path) => !isDeepStrictEqual(fieldAt(oldInputs, path), fieldAt(inputs, path)),
  );
  return {
    changed: changedNames(oldInputs, inputs),
    replaces: replaces.map((path) => path.split(".")[0]),
  };
}

/** Outputs of the old state that AWS computed remain, at the top and inside objects, unless they are now inputs. */
function keepComputed(
  oldInputs: Properties,
  oldOutputs: Properties,
  inputs: Properties,
): Properties {
  const kept: Properties = {};
  for (const [name, value] of Object.entries(oldOutputs)) {
    if (oldInputs[name] === undefined) kept[name] = value;
  }
  for (const [name, value] of Object.entries(inputs)) {
    const [before, was] = [oldInputs[name], oldOutputs[name]];
    kept[name] =
      isObject(value) && isObject(before) && isObject(was)
        ? keepComputed(before, was, value)
        : value;
  }
  return kept;
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
