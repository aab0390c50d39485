import { answer, answerInvoke } from "../../../resources";
import { AnswerContext } from "../../../resources/context";
import { unknownInputs } from "../known-inputs";
import type { Difference, Existing, Provider } from "../provider";
import { hasUnknown, Properties, same } from "../values";
import type { Account } from "./account";
import { takeTime } from "./durations";
import { fieldAt } from "./field";
import { lookups } from "./lookups";
import { refuseCreate, refuseDelete } from "./refusals";
import { forcesNew } from "./replacements";

/** AWS as a Pulumi provider sees it, answered by the twin and kept in a folder. */
export function awsProvider(account: Account): Provider {
  let config: Record<string, string> = {};
  const context = () => new AnswerContext(config, () => account.asResources());

  return {
    configure(values) {
      config = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [`aws:${name}`, value]),
      );
    },

    check: ({ type }, inputs) => unknownInputs(type, inputs),

    diff: (existing, inputs) => difference(existing, inputs),

    async create({ type, name }, inputs, preview) {
      if (preview) return { id: "", outputs: inputs };
      refuseCreate(type, inputs, account);
      await takeTime(type);
      const unique = account.nextName(type, name);
      const { id, outputs } = answer(type, unique, inputs, context());
      const all = { ...inputs, ...outputs };
      account.save({ type, name: unique, id, inputs, outputs: all });
      return { id, outputs: all };
    },

    async update({ type, id, oldInputs, oldOutputs }, inputs, preview) {
      const there = account.find(type, id);
      if (!there) throw new Error(`${type} ${id} does not exist.`);
      if (preview && hasUnknown(inputs)) return keepComputed(oldInputs, oldOutputs, inputs);
      const { outputs } = answer(type, there.name, inputs, context());
      const all = { ...keepComputed(oldInputs, oldOutputs, inputs), ...outputs };
      if (!preview) account.save({ ...there, inputs, outputs: all });
      return all;
    },

    read: async ({ type, id }) => account.find(type, id),

    async delete({ type, id }) {
      const there = account.find(type, id);
      // Gone already is what was wanted: AWS's 404 ends a delete well.
      if (!there) return;
      refuseDelete(there, account);
      if (type === "aws:s3/bucket:Bucket") account.removeObjects(id);
      account.remove(type, id);
    },

    async invoke(token, inputs) {
      const seen = lookups[token]?.(inputs, account);
      return seen ?? ((await answerInvoke(token, inputs, context())) as Properties);
    },

    secretOutputs: (outputs, secretInputs) =>
      secretInputs.filter((name) => outputs[name] !== undefined),
  };
}

function difference({ type, oldInputs }: Existing, inputs: Properties): Difference {
  const names = [...new Set([...Object.keys(oldInputs), ...Object.keys(inputs)])];
  const changed = names.filter(
    (name) => !name.startsWith("__") && !same(oldInputs[name], inputs[name]),
  );
  const replaces = forcesNew(type).filter(
    (path) => !same(fieldAt(oldInputs, path), fieldAt(inputs, path)),
  );
  return { changed, replaces: replaces.map((path) => path.split(".")[0]) };
}

/** What AWS added to the old state stays, at the top and inside objects, unless the program now says it. */
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
