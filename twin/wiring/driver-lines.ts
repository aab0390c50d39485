import { ofType, Resource } from "../../lib/stack/resource";

/** What the SORACOM driver printed for a Command, and which Command that is. */
export interface DriverLine {
  readonly resource: Resource;
  readonly line: Readonly<Record<string, unknown>>;
}

/** The driver's answers, as the stack's Commands keep them; what is no JSON is another Command's business. */
export function driverLines(resources: readonly Resource[]): DriverLine[] {
  return ofType(resources, "command:local:Command").flatMap((resource) => {
    try {
      const line: unknown = JSON.parse(String(resource.outputs.stdout));
      return typeof line === "object" && line !== null
        ? [{ resource, line: line as Record<string, unknown> }]
        : [];
    } catch {
      return [];
    }
  });
}
