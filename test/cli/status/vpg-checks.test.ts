import assert from "node:assert/strict";

import { checkVpg, destinationOf } from "../../../cli/status/vpg-checks";
import { desired, problemsOf, remedyOf, soracomView } from "./support";

const view = (change: object) => ({ ...soracomView, vpg: { ...soracomView.vpg, ...change } });
const given = { ...desired, canal: { ...desired.canal, vpgId: "vpg-1" } };

describe("destinationOf", () => {
  it("is the VPG's block, or the whole range where SORACOM does not report one", () => {
    assert.equal(destinationOf(soracomView), "100.64.152.0/24");
    assert.equal(destinationOf(view({ vpgSubnetCidrRange: undefined })), "100.64.0.0/10");
    assert.equal(destinationOf({ vpg: undefined }), "100.64.0.0/10");
  });
});

describe("checkVpg", () => {
  it("accepts a VPG with the configured settings", () => {
    const findings = checkVpg(desired, soracomView);
    assert.deepEqual(problemsOf(findings), []);
    assert.equal(findings.length, 7);
  });

  for (const vpg of [undefined, { ...soracomView.vpg, status: "terminated" }]) {
    it(`reports a VPG that ${vpg ? "is terminated" : "does not exist"}`, () => {
      const gone = { ...soracomView, vpg };
      assert.deepEqual(problemsOf(checkVpg(desired, gone)), [
        `drift: VPG vpg-1: ${vpg?.status ?? "does not exist"}, not running`,
      ]);
      assert.match(remedyOf(checkVpg(desired, gone)), /--replace '\S+-vpg-gateway'$/);
      assert.match(remedyOf(checkVpg(given, gone)), /Set canal-ftp:vpgId to another one/);
    });
  }

  const changes: [change: object, problem: string, remedy: RegExp][] = [
    [{ status: "creating" }, "VPG vpg-1: creating, not running", /SORACOM's support/],
    [{ type: 14 }, "VPG type: 14, not 15", /fixed when it is created.*--replace/],
    [
      { placement: { region: "us-west-2" } },
      "VPG region: us-west-2, not ap-northeast-1",
      /fixed when it is created/,
    ],
    [
      { useInternetGateway: true },
      "VPG internet gateway: true, not false",
      /fixed when it is created/,
    ],
    [
      { deviceSubnetCidrRange: "10.64.0.0/10" },
      "VPG device range: 10.64.0.0/10, not 10.128.0.0/9",
      /fixed when it is created/,
    ],
    [
      { tags: {} },
      "VPG owner tag: not reported, not canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-vpg",
      /^Set tag canal-ftp-owner of VPG vpg-1 to canal-ftp\/dev\/k3j9x2ab4m\/canal-ftp-dev-vpg/,
    ],
  ];
  for (const [change, problem, remedy] of changes) {
    it(`reports ${problem}`, () => {
      const findings = checkVpg(desired, view(change));
      assert.deepEqual(problemsOf(findings), [`drift: ${problem}`]);
      assert.match(remedyOf(findings), remedy);
    });
  }

  it("reports other tags, with the command that sets them", () => {
    const findings = checkVpg(desired, view({ tags: { ...soracomView.vpg.tags, stack: "prod" } }));
    const tags = { name: "canal-ftp-dev-vpg", ...desired.tags };
    assert.deepEqual(problemsOf(findings), [
      `drift: VPG tags: ${JSON.stringify({ ...tags, stack: "prod" })}, not ${JSON.stringify(tags)}`,
    ]);
    assert.match(remedyOf(findings), /changes nothing else: .*--replace '\S+-vpg-tags'$/);
  });

  it("checks nothing of a given VPG that the program does not set", () => {
    const change = { useInternetGateway: true, deviceSubnetCidrRange: "10.64.0.0/10", tags: {} };
    assert.deepEqual(problemsOf(checkVpg(given, view(change))), []);
    assert.match(remedyOf(checkVpg(given, view({ type: 14 }))), /Set canal-ftp:vpgId to another/);
  });

  it("reports as a note what SORACOM leaves out", () => {
    assert.deepEqual(problemsOf(checkVpg(desired, view({ type: undefined }))), [
      "note: VPG type: not reported by SORACOM",
    ]);
  });

  it("reports a second live VPG with the stack's tag", () => {
    const { vpg } = soracomView;
    const ended = { ...vpg, status: "terminated" };
    assert.deepEqual(problemsOf(checkVpg(desired, { ...soracomView, ownVpgs: [vpg, ended] })), []);
    const findings = checkVpg(desired, { ...soracomView, ownVpgs: [vpg, vpg] });
    assert.deepEqual(problemsOf(findings), ["drift: VPGs of this stack: 2, not 1"]);
    assert.match(remedyOf(findings), /^Every VPG is billed\. .*--replace '\S+-vpg-tags'$/);
  });
});
