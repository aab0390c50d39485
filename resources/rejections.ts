import type { Rejection } from "./resource-type";

/**
 * AWS does not delete what another resource uses.
 *
 * @param error - What AWS replies.
 * @param users - Type and input of the resources that may use it.
 */
export function usedBy(
  error: string,
  ...users: readonly [type: string, input: string][]
): Rejection {
  return ({ id }, { resources }) => {
    const user = resources.find((resource) =>
      users.some(
        ([type, input]) =>
          resource.type === type && [fieldAt(resource.inputs, input)].flat().includes(id),
      ),
    );
    return user && `deleting ${id}: ${error} (${user.type} ${user.id})`;
  };
}

/**
 * The value at a path such as `endpointDetails.vpcId`; undefined when a part of the path is missing. Through a list
 * the path leads to the values of all its items.
 */
export function fieldAt(values: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split(".").reduce<unknown>(step, values);
}

function step(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => step(item, name));
  return (value as Record<string, unknown> | undefined)?.[name];
}
