import { EvaluatedStack, keyOf, label, Resource } from "../../lib/stack/resource";
import { keyOfUrn, readUrn } from "../../lib/stack/urn";
import type { StateResource } from "./export-file";
import { plainProperties, Properties } from "./state-values";

const tableItem = "aws:dynamodb/tableItem:TableItem";

/** A deployed stack, from its state. */
export interface StateStack {
  readonly stack: EvaluatedStack;
  /** Encrypted values of resources in the state, without components; for example `TableItem canal-ftp-prod-identity-user-camera01 (item)`. */
  readonly unreadable: string[];
}

/**
 * The stack of a state, in the form that the evaluation of its program has. A table item with an encrypted value is left
 * out; any other resource keeps the values that are not encrypted.
 */
export function stackOfState(state: readonly StateResource[]): StateStack {
  const { stack, project } = readUrn(state[0].urn);
  const resources: Resource[] = [];
  const unreadable: string[] = [];
  let outputs: Properties = {};
  for (const item of state) {
    if (item.type === "pulumi:pulumi:Stack") outputs = plainProperties(item.outputs).values;
    if (item.delete || item.type.startsWith("pulumi:")) continue;
    const { name } = readUrn(item.urn);
    const inputs = plainProperties(item.inputs);
    const outputValues = plainProperties(item.outputs);
    const encrypted = [...new Set([...inputs.unreadable, ...outputValues.unreadable])];
    // A component has no id: its arguments are read nowhere.
    if (encrypted.length > 0 && item.id !== undefined)
      unreadable.push(`${label({ type: item.type, name })} (${encrypted.join()})`);
    if (item.type === tableItem && encrypted.length > 0) continue;
    resources.push({
      key: keyOf(item.type, name),
      type: item.type,
      name,
      id: item.id ?? "",
      inputs: inputs.values,
      // The engine encrypts an output as a whole when its input contains a secret.
      outputs: withoutUnset(
        { ...outputValues.values, ...pick(inputs.values, outputValues.unreadable) },
        inputs.values,
      ),
      secrets: inputs.secrets,
      parent: keyOfUrn(item.parent ?? ""),
      protect: item.protect ?? false,
    });
  }
  return { stack: { project, stack, resources, outputs }, unreadable };
}

const pick = (values: Properties, names: readonly string[]): Properties =>
  Object.fromEntries(names.map((name) => [name, values[name]]));

/** Providers write an unset property as an empty string or null; in an evaluation it is absent. */
function withoutUnset(outputs: Properties, inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).filter(
      ([name, value]) => value !== null && (value !== "" || inputs[name] === ""),
    ),
  );
}
