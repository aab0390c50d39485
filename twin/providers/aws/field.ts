/** The value at a path such as `endpointDetails.vpcId`; undefined when any part of the way is missing. */
export function fieldAt(values: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, name) => (value as Record<string, unknown> | undefined)?.[name],
      values,
    );
}
