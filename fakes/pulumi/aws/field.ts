/**
 * The value at a path such as `endpointDetails.vpcId`; undefined when any part of the way is missing. Through a list
 * it leads to the values of all its items.
 */
export function fieldAt(values: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split(".").reduce<unknown>(step, values);
}

function step(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => step(item, name));
  return (value as Record<string, unknown> | undefined)?.[name];
}
