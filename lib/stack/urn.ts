import { keyOf } from "./resource";

/** The parts of a URN: `urn:pulumi:stack::project::parentType$type::name`. */
export interface Urn {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
}

/** Reads a URN; for any other text, every part is empty. */
export function readUrn(urn: string): Urn {
  const [stack = "", project = "", types = "", ...name] = urn
    .replace(/^urn:pulumi:/, "")
    .split("::");
  const type = types.slice(types.lastIndexOf("$") + 1);
  return { stack, project, type, name: name.join("::") };
}

/** Key of the resource a URN names; undefined for the stack and for a text that is not a URN. */
export function keyOfUrn(urn: string): string | undefined {
  const { type, name } = readUrn(urn);
  return type === "" || type === "pulumi:pulumi:Stack" ? undefined : keyOf(type, name);
}
