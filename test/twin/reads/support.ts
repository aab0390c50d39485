import assert from "node:assert/strict";

import type { EvaluatedStack } from "../../../lib/stack/resource";
import type { FaultKind } from "../../../twin/faults/fault-setting";
import { readAws } from "../../../twin/reads/aws-reads";
import type { SiteState } from "../../../twin/reads/site-state";
import { readSoracom } from "../../../twin/reads/soracom-reads";
import { findServer } from "../../../twin/wiring/find-server";

/** A stack as a running twin serves it, with these faults. */
export function siteOf(stack: EvaluatedStack, ...faults: FaultKind[]): SiteState {
  return {
    stack,
    server: findServer(stack),
    region: "ap-northeast-1",
    holds: (kind) => faults.includes(kind),
  };
}

/** The output of an operation, for example `EC2 DescribeVpcs`. */
export function aws<T>(site: SiteState, operation: string, input: object = {}): T {
  const [service, name] = operation.split(" ");
  return readAws(service, name, input as Record<string, unknown>, site) as T;
}

/** What `soracom …` prints, for a command that has to succeed. */
export function soracom<T>(site: SiteState, ...words: string[]): T {
  const { code, stdout, stderr } = readSoracom(words, site);
  assert.deepEqual([code, stderr], [0, ""]);
  return JSON.parse(stdout) as T;
}
