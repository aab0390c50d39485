import type { EvaluatedStack } from "../../lib/stack/resource";
import type { FaultKind } from "../faults/fault-setting";
import type { ServerResource } from "../wiring/find-server";

/** What a running twin knows of the site it serves: the evaluated resources, and what was done to them since. */
export interface Estate {
  readonly stack: EvaluatedStack;
  readonly server: ServerResource;
  readonly region: string;
  /** Whether a fault that is a state was asked for. */
  readonly holds: (kind: FaultKind) => boolean;
}

/** A finished command, as a process would leave it. */
export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function printed(document: unknown): Printed {
  return { code: 0, stdout: `${JSON.stringify(document)}\n`, stderr: "" };
}

/** A refusal in the words of the AWS CLI (exit code 254: the service answered with an error). */
export class AwsRefusal extends Error {
  constructor(
    readonly errorCode: string,
    message: string,
  ) {
    super(message);
  }
}
