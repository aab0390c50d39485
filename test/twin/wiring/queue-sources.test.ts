import assert from "node:assert/strict";

import { uploadFunctionAccess } from "../../../components/internal/upload-policies";
import { serviceTrust } from "../../../components/internal/policies";
import type { Resource } from "../../../lib/stack/resource";
import { queueSources } from "../../../twin/wiring/queue-sources";
import { arnOf, queueResource, resource, stackOf } from "../queue/support";

const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:worker";
const roleArn = "arn:aws:iam::123456789012:role/worker";

const policyFor = (queueArn: string) =>
  uploadFunctionAccess({
    queueArn,
    bucketArn: "arn:aws:s3:::files",
    logBucketArn: "arn:aws:s3:::log",
    logGroupArn: "arn:aws:logs:eu-west-1:123456789012:log-group:x",
  });

/** The mapping and the resources it needs, with changes. */
function stack(differences: Record<string, object> = {}, ...left: string[]) {
  const parts: Record<string, Resource> = {
    queue: queueResource("in", { visibilityTimeoutSeconds: 360, ...differences.queue }),
    worker: resource("aws:lambda/function:Function", "worker", {
      ...{ name: "worker", arn: functionArn, role: roleArn, timeout: 60 },
      ...differences.worker,
    }),
    role: resource("aws:iam/role:Role", "role", {
      arn: roleArn,
      assumeRolePolicy: JSON.stringify(serviceTrust("lambda.amazonaws.com")),
      ...differences.role,
    }),
    access: resource("aws:iam/rolePolicy:RolePolicy", "access", {
      role: "role",
      policy: JSON.stringify(policyFor(arnOf("in"))),
      ...differences.access,
    }),
    mapping: resource("aws:lambda/eventSourceMapping:EventSourceMapping", "mapping", {
      ...{ eventSourceArn: arnOf("in"), functionName: functionArn, batchSize: 7 },
      functionResponseTypes: ["ReportBatchItemFailures"],
      ...differences.mapping,
    }),
  };
  const kept = Object.entries(parts).filter(([name]) => !left.includes(name));
  return stackOf(...kept.map(([, part]) => part));
}

describe("twin/wiring/queue-sources", () => {
  it("have their role, queue and batch settings", () => {
    const [found, ...more] = queueSources(stack());
    assert.equal(more.length, 0);
    const { queueArn, batchSize, reportsFailures, role } = found;
    assert.deepEqual(
      [queueArn, batchSize, reportsFailures, role.arn, found.function.name],
      [arnOf("in"), 7, true, roleArn, "worker"],
    );
  });

  it("may name the function by its name, and have Lambda's default settings", () => {
    const mapping = {
      functionName: "worker",
      batchSize: undefined,
      functionResponseTypes: undefined,
    };
    const [{ batchSize, reportsFailures }] = queueSources(stack({ mapping }));
    assert.deepEqual([batchSize, reportsFailures], [10, false]);
  });

  it("are none without an enabled mapping", () => {
    assert.deepEqual(queueSources(stack({ mapping: { enabled: false } })), []);
    assert.deepEqual(queueSources(stack({}, "mapping")), []);
  });

  const refused: [string, Parameters<typeof stack>, RegExp][] = [
    ["no such queue", [{}, "queue"], /mapping polls no queue that the stack makes/],
    ["no such function", [{}, "worker"], /mapping calls no function that the stack makes/],
    ["no such role", [{}, "role"], /worker has a role that the stack does not make/],
    [
      "a role that Lambda may not assume",
      [{ role: { assumeRolePolicy: JSON.stringify(serviceTrust("transfer.amazonaws.com")) } }],
      /Function worker cannot run under Role role: /,
    ],
    ["a role without permission", [{}, "access"], /mapping cannot poll: .*sqs:ReceiveMessage/],
    [
      "a role with permission for another queue",
      [{ access: { policy: JSON.stringify(policyFor(arnOf("other"))) } }],
      /mapping cannot poll: /,
    ],
    [
      "a queue that hides messages for less time than the function may take",
      [{ queue: { visibilityTimeoutSeconds: 59 } }],
      /Queue in hides messages for 59 s and Function worker may take 60 s: AWS rejects/,
    ],
    [
      "a filter",
      [{ mapping: { filterCriteria: { filters: [] } } }],
      /mapping has filterCriteria, which the twin does not support/,
    ],
  ];
  for (const [what, given, message] of refused) {
    it(`are rejected by name with ${what}`, () => {
      assert.throws(() => queueSources(stack(...given)), message);
    });
  }

  it("accept the settings of a deployed mapping for one batch at a time", () => {
    for (const parallelizationFactor of [0, 1]) {
      assert.equal(queueSources(stack({ mapping: { parallelizationFactor } })).length, 1);
    }
    const mapping = { parallelizationFactor: 2 };
    assert.throws(() => queueSources(stack({ mapping })), /has parallelizationFactor/);
  });

  it("need no time-outs: the defaults of AWS are valid together", () => {
    const none = { queue: { visibilityTimeoutSeconds: undefined }, worker: { timeout: undefined } };
    assert.equal(queueSources(stack(none)).length, 1);
  });
});
