import { ofType, Resource } from "../../lib/stack/resource";

/** The output of the SORACOM driver for one Command. */
export interface DriverOutput {
  readonly resource: Resource;
  readonly output: Readonly<Record<string, unknown>>;
}

/** The driver's outputs in the stack's Commands. A Command without JSON on its standard output is not the driver's. */
export function driverOutputs(resources: readonly Resource[]): DriverOutput[] {
  return ofType(resources, "command:local:Command").flatMap((resource) => {
    try {
      const output: unknown = JSON.parse(String(resource.outputs.stdout));
      return typeof output === "object" && output !== null
        ? [{ resource, output: output as Record<string, unknown> }]
        : [];
    } catch {
      return [];
    }
  });
}
