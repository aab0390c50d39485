import * as fs from "node:fs";

import { UserError } from "../core/errors";
import type { SoracomView, ViewResult } from "../status/views";
import type { HopResult } from "./hop";
import { Mask } from "./mask";
import type { Subject } from "./subject";

/** One call of AWS or of pulumi, with its result. */
export interface RecordedCall {
  /** For example `EC2 DescribeRouteTables`, or `pulumi stack output`. */
  readonly call: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
  readonly milliseconds: number;
}

/** The lines of one log group, or why they could not be read. */
export interface RecordedLog {
  readonly lines?: readonly { readonly timestamp?: number; readonly message?: string }[];
  readonly error?: string;
}

/** The replies that a verification of a deployed stack has read, masked: `canal-ftp verify --record`. */
export interface Evidence {
  readonly format: "canal-ftp evidence 1";
  /** ISO 8601. */
  readonly recorded: string;
  readonly project: string;
  readonly stack: string;
  /** The values of the stack's file, without users. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly hops: readonly HopResult[];
  readonly calls: readonly RecordedCall[];
  readonly soracom?: ViewResult<SoracomView>;
  /** By the output that names the group, for example `serverLogGroup`. */
  readonly logs: Readonly<Record<string, RecordedLog>>;
}

/** Writes the recorded replies, masked. */
export function writeEvidence(
  file: string,
  { file: { project, stack, values, region, allowedAccountIds } }: Pick<Subject, "file">,
  read: Pick<Evidence, "hops" | "calls" | "soracom" | "logs">,
): void {
  // Users are secret; the rest of the file is not.
  const own = Object.entries(values).filter(([key]) => key !== "users");
  const config = {
    "aws:region": region,
    "aws:allowedAccountIds": allowedAccountIds,
    ...Object.fromEntries(own.map(([key, value]) => [`${project}:${key}`, value])),
  };
  const evidence: Evidence = {
    format: "canal-ftp evidence 1",
    recorded: new Date().toISOString(),
    project,
    stack,
    config,
    ...read,
    logs: {},
  };
  const mask = new Mask();
  const masked = JSON.stringify(
    { ...(mask.value(evidence) as Evidence), logs: mask.value(read.logs, true) },
    undefined,
    2,
  );
  fs.writeFileSync(file, `${masked}\n`, { mode: 0o600 });
}

/** @throws UserError when the file is no evidence. */
export function readEvidence(file: string): Evidence {
  let evidence: Partial<Evidence>;
  try {
    evidence = JSON.parse(fs.readFileSync(file, "utf8")) as Partial<Evidence>;
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
  if (evidence.format === "canal-ftp evidence 1") return evidence as Evidence;
  throw new UserError(`${file} was not written by canal-ftp verify --record.`);
}
