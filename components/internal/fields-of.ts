import * as pulumi from "@pulumi/pulumi";

/**
 * The named fields of an argument that is an object or, in a program in another language, the output of a component.
 * A field of an object that is unknown in a preview leaves the others known.
 */
export function fieldsOf<T extends object>(given: pulumi.Input<T>, names: readonly (keyof T)[]): T {
  const isOutput = pulumi.Output.isInstance(given) || given instanceof Promise;
  const output = pulumi.output(given as pulumi.Input<Record<keyof T, unknown>>);
  const field = (name: keyof T) =>
    isOutput
      ? output.apply((fields) => (fields as Record<keyof T, unknown>)[name])
      : (given as T)[name];
  return Object.fromEntries(names.map((name) => [name, field(name)])) as T;
}
