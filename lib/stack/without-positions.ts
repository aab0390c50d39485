import * as pulumi from "@pulumi/pulumi";

/** The part of the SDK that looks at the stack, which is its own and not declared. */
const resource = pulumi.Resource as unknown as { callsites?: () => unknown[] };

/**
 * Lets Pulumi's SDK look for no source position at each resource. The engine keeps positions in its state, where
 * nobody asks for those of an evaluation; a third of the time in which a resource is made goes into them.
 *
 * @returns what lets it look again
 */
export function withoutPositions(): () => void {
  const { callsites } = resource;
  if (!callsites) return () => undefined;
  resource.callsites = () => [];
  return () => {
    resource.callsites = callsites;
  };
}
