import assert from "node:assert/strict";

import { UserError } from "../../../cli/core/errors";
import { readStackFile } from "../../../cli/core/stack";
import { checkAwsSide, takesAddresses } from "../../../cli/doctor/aws-checks";
import type { PlannedSite } from "../../../cli/doctor/site";
import { checkConfig } from "../../../stacks/site-config";
import { cliContext } from "../../support/cli-context";
import { root } from "../../support/stack-values";
import { Cloud, type CloudRoute } from "../core/cloud";
import { desired, problemsOf, remedyOf } from "../status/support";
import { existingVpc } from "./support";

const range = "100.64.152.0/24";

describe("takesAddresses", () => {
  const cases: [block: string | undefined, takes: boolean][] = [
    [range, true],
    ["100.64.152.128/25", true],
    ["100.64.152.0/23", false],
    ["0.0.0.0/0", false],
    ["100.64.153.0/24", false],
    [undefined, false],
  ];
  for (const [block, takes] of cases) {
    it(`${block} ${takes ? "takes" : "does not take"} addresses of ${range}`, () => {
      assert.equal(takesAddresses(block, range), takes);
    });
  }
});

describe("checkAwsSide", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
    cloud.routeTables.set("rtb-0a1", []);
    cloud.addExistingVpc(existingVpc);
  });

  function siteOf(
    values: Record<string, string> = {},
    more: Partial<PlannedSite> = {},
  ): PlannedSite {
    const all = { ...readStackFile(root, "dev").values, ...values };
    const checked = checkConfig("dev", "ap-northeast-1", all);
    if ("mistakes" in checked) assert.fail(checked.mistakes.join("\n"));
    return { file: desired.file, config: checked.config, outputs: undefined, ...more };
  }
  const check = (site: PlannedSite, allotted: string | undefined = range) =>
    checkAwsSide(site, allotted, cliContext({ aws: cloud.aws }));
  const inVpc = () => siteOf({ existingVpc: JSON.stringify(existingVpc) });
  const route = (DestinationCidrBlock: string, VpcPeeringConnectionId: string): CloudRoute => ({
    DestinationCidrBlock,
    VpcPeeringConnectionId,
    State: "active",
    Origin: "CreateRoute",
  });

  it("fails in another account, and checks nothing else there", async () => {
    const file = { ...desired.file, allowedAccountIds: ["210987654321"] };
    const findings = await check(siteOf({}, { file }));
    assert.deepEqual(problemsOf(findings), ["failed: AWS account: 123456789012, not 210987654321"]);
    assert.match(remedyOf(findings), /aws:allowedAccountIds in Pulumi\.dev\.yaml allows/);
    assert.equal(findings.length, 1);
    const both = { ...desired.file, allowedAccountIds: ["210987654321", "123456789012"] };
    assert.deepEqual(problemsOf(await check(siteOf({}, { file: both }))), []);
  });

  it("fails with rejected credentials; any other error is unknown", async () => {
    const failing = (error: Error) =>
      checkAwsSide(
        siteOf(),
        range,
        cliContext({ aws: () => ({ call: () => Promise.reject(error) }) }),
      );
    const expired = new UserError("The AWS credentials have expired.", 1, "aws-credentials");
    assert.deepEqual(problemsOf(await failing(expired)), ["failed: AWS credentials: not accepted"]);
    const unreachable = new UserError("AWS STS cannot be reached.");
    assert.deepEqual(problemsOf(await failing(unreachable)), [
      "unknown: AWS's side: could not be checked",
    ]);
  });

  it("notes a VPC with the same addresses, other than the stack's own", async () => {
    cloud.vpcs.push({ VpcId: "vpc-1", CidrBlock: "10.0.128.0/17" });
    const [note] = (await check(siteOf())).filter(({ state }) => state === "note");
    assert.deepEqual(
      [note.check, note.found],
      ["VPC vpc-1", "10.0.128.0/17 overlaps canal-ftp:vpcCidr 10.0.0.0/16"],
    );
    const outputs = { ...desired.outputs, routeTableIds: [] };
    assert.deepEqual(problemsOf(await check(siteOf({}, { outputs }))), []);
  });

  describe("in an existing VPC", () => {
    it("accepts other and wider routes", async () => {
      cloud.routeTables.get("rtb-0a1")!.push(route("10.9.0.0/16", "pcx-9"));
      cloud.routeTables.get("rtb-0a1")!.push(route("0.0.0.0/0", "pcx-8"));
      const findings = await check(inVpc());
      assert.deepEqual(problemsOf(findings), []);
      assert.equal(findings.at(-1)?.found, `no other route to ${range}`);
    });

    for (const block of [range, "100.64.152.128/25"]) {
      it(`fails with a route to ${block}; before there is a VPG it is a note`, async () => {
        cloud.routeTables.get("rtb-0a1")!.push(route(block, "pcx-9"));
        assert.deepEqual(problemsOf(await check(inVpc())), [
          `failed: route table rtb-0a1: route ${block} to pcx-9`,
        ]);
        const before = await checkAwsSide(inVpc(), undefined, cliContext({ aws: cloud.aws }));
        assert.deepEqual(problemsOf(before), [
          `note: route table rtb-0a1: route ${block} to pcx-9`,
        ]);
        assert.match(remedyOf(before), /needs 100\.64\.0\.0\/10/);
      });
    }

    it("accepts the route and the peering of the stack itself", async () => {
      const outputs = { ...desired.outputs, vpcId: existingVpc.vpcId };
      cloud.routeTables.get("rtb-0a1")!.push(route(range, "pcx-1"));
      cloud.peerings = [
        { id: "pcx-1", code: "active", vpcId: existingVpc.vpcId, requesterCidr: range },
      ];
      assert.deepEqual(problemsOf(await check({ ...inVpc(), outputs })), []);
    });

    for (const [code, isOccupying] of [
      ["active", true],
      ["pending-acceptance", true],
      ["provisioning", true],
      ["deleted", false],
      ["rejected", false],
    ] as const) {
      it(`${isOccupying ? "fails with" : "accepts"} another peering in state ${code}`, async () => {
        cloud.peerings = [
          { id: "pcx-9", code, vpcId: existingVpc.vpcId, requesterCidr: "100.64.152.0/25" },
        ];
        assert.deepEqual(
          problemsOf(await check(inVpc())),
          isOccupying ? ["failed: other peerings of the VPC: pcx-9 with 100.64.152.0/25"] : [],
        );
      });
    }

    it("fails without the route table", async () => {
      cloud.routeTables.clear();
      assert.ok(
        problemsOf(await check(inVpc())).includes(
          "failed: route table rtb-0a1: does not exist, not exists",
        ),
      );
    });
  });
});
