import assert from "node:assert/strict";

import { peeringHop, routesHop } from "../../../../cli/verify/hops/peering";
import type { Subject } from "../../../../cli/verify/subject";
import { awsView, desired, problemsOf, remedyOf, soracomView } from "../../status/support";

const subject = (more: object) =>
  ({
    desired,
    soracom: () => Promise.resolve(soracomView),
    awsView: () => Promise.resolve(awsView),
    deviceRange: () => Promise.resolve("100.64.152.0/24"),
    outputs: { serverId: "s-1" },
    stack: "dev",
    ...more,
  }) as unknown as Subject;

describe("peeringHop", () => {
  it("checks both sides; without Canal it is a note", async () => {
    assert.equal((await peeringHop.check(subject({}))).length, 3);
    const without = await peeringHop.check(subject({ desired: undefined }));
    assert.deepEqual(problemsOf(without), [
      "note: peering: not applicable: canal-ftp:canal is none",
    ]);
  });
});

describe("routesHop", () => {
  const check = (table: string | undefined) =>
    routesHop.check(
      subject({
        aws: {
          server: () => Promise.resolve({ EndpointDetails: { SubnetIds: ["subnet-1"] } }),
          tableOf: () => Promise.resolve(table && { RouteTableId: table }),
        },
      }),
    );

  it("accepts the stack's tables for the endpoint's subnets", async () => {
    assert.deepEqual(problemsOf(await check("rtb-2")), []);
  });

  it("reports a subnet with another table, and notes one without", async () => {
    const findings = await check("rtb-9");
    assert.deepEqual(problemsOf(findings), ["drift: table of subnet-1: rtb-9, not rtb-1 or rtb-2"]);
    assert.match(remedyOf(findings), /^Subnet subnet-1 .* without a route back/);
    assert.deepEqual(problemsOf(await check(undefined)), ["note: table of subnet-1: not reported"]);
  });

  it("is a note without Canal", async () => {
    const [note] = await routesHop.check(subject({ desired: undefined }));
    assert.equal(note.state, "note");
  });
});
