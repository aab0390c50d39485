import assert from "node:assert/strict";

import type { EvaluatedStack } from "../../../lib/stack/resource";
import type { FaultKind } from "../../../twin/faults/fault-setting";
import { readAws } from "../../../twin/reads/aws-reads";
import type { Estate, Printed } from "../../../twin/reads/estate";
import { readSoracom } from "../../../twin/reads/soracom-reads";
import { findServer } from "../../../twin/wiring/find-server";

/** A stack as a running twin serves it, with these faults. */
export function estateOf(stack: EvaluatedStack, ...faults: FaultKind[]): Estate {
  return {
    stack,
    server: findServer(stack),
    region: "ap-northeast-1",
    holds: (kind) => faults.includes(kind),
  };
}

function documentIn<T>({ code, stdout, stderr }: Printed): T {
  assert.deepEqual([code, stderr], [0, ""]);
  return JSON.parse(stdout) as T;
}

/** What `aws …` prints, of a command that has to succeed. */
export const aws = <T>(estate: Estate, ...words: string[]): T =>
  documentIn<T>(readAws(words, estate));

/** What `soracom …` prints, of a command that has to succeed. */
export const soracom = <T>(estate: Estate, ...words: string[]): T =>
  documentIn<T>(readSoracom(words, estate));
