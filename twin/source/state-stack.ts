import { EvaluatedStack, keyOf, label, Resource } from "../../lib/stack/resource";
import { keyOfUrn, readUrn } from "../../lib/stack/urn";
import type { StateResource } from "./export-file";
import { plainProperties, Properties } from "./state-values";

const tableItem = "aws:dynamodb/tableItem:TableItem";

/** A deployed stack as its state tells it. */
export interface StateStack {
  readonly stack: EvaluatedStack;
  /** What is ciphertext in the state, for example `TableItem canal-ftp-prod-identity-user-camera01 (item)`. */
  readonly unreadable: string[];
}

/**
 * The stack of a state, in the shape that the evaluation of its program would give. An item of a table that is
 * ciphertext is left out as a whole; anything else keeps what can be read of it.
 */
export function stackOfState(state: readonly StateResource[]): StateStack {
  const { stack, project } = readUrn(state[0].urn);
  const resources: Resource[] = [];
  const unreadable: string[] = [];
  let outputs: Properties = {};
  for (const one of state) {
    if (one.type === "pulumi:pulumi:Stack") outputs = plainProperties(one.outputs).values;
    if (one.delete || one.type.startsWith("pulumi:")) continue;
    const { name } = readUrn(one.urn);
    const given = plainProperties(one.inputs);
    const made = plainProperties(one.outputs);
    const closed = [...new Set([...given.unreadable, ...made.unreadable])];
    if (closed.length > 0) unreadable.push(`${label({ type: one.type, name })} (${closed.join()})`);
    if (one.type === tableItem && closed.length > 0) continue;
    resources.push({
      key: keyOf(one.type, name),
      type: one.type,
      name,
      id: one.id ?? "",
      inputs: given.values,
      outputs: withoutUnset(made.values, given.values),
      secrets: given.secrets,
      parent: keyOfUrn(one.parent ?? ""),
      protect: one.protect ?? false,
    });
  }
  return { stack: { project, stack, resources, outputs }, unreadable };
}

/** Providers write what is not set as an empty text or null; in an evaluation it is not there. */
function withoutUnset(outputs: Properties, inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).filter(
      ([name, value]) => value !== null && (value !== "" || inputs[name] === ""),
    ),
  );
}
