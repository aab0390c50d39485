import type { EvaluatedStack } from "../../lib/stack/resource";
import type { FaultKind } from "../faults/fault-setting";
import type { ServerResource } from "../wiring/find-server";

/** A served site: the evaluated resources, and the injected faults. */
export interface SiteState {
  readonly stack: EvaluatedStack;
  readonly server: ServerResource;
  readonly region: string;
  /** Whether a permanent fault was requested. */
  readonly holds: (kind: FaultKind) => boolean;
}

/** An operation of AWS: its output for an input, as the API reference has both. */
export type Read = (input: Readonly<Record<string, unknown>>, site: SiteState) => unknown;

/** Exit code and output of a command. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function commandResult(document: unknown): CommandResult {
  return { code: 0, stdout: `${JSON.stringify(document)}\n`, stderr: "" };
}

/** An error that the service would return. */
export class ReadError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The values of a filter in the input of an EC2 operation; undefined without this filter. */
export function filterValues(
  input: Readonly<Record<string, unknown>>,
  name: string,
): readonly string[] | undefined {
  const filters = (input.Filters ?? []) as { Name: string; Values: string[] }[];
  return filters.find(({ Name }) => Name === name)?.Values;
}
