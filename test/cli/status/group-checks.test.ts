import assert from "node:assert/strict";

import { checkGroup, checkSims } from "../../../cli/status/group-checks";
import type { DesiredState } from "../../../cli/status/desired-state";
import { desired, problemsOf, remedyOf, soracomView } from "./support";

const group = (air: object) => ({
  ...soracomView,
  group: {
    ...soracomView.group,
    configuration: { SoracomAir: { useVpg: true, vpgId: "vpg-1", ...air } },
  },
});
const configured = (canal: Partial<DesiredState["canal"]>): DesiredState => ({
  ...desired,
  canal: { ...desired.canal, ...canal },
});

describe("checkGroup", () => {
  it("accepts the group that the program creates", () => {
    assert.deepEqual(problemsOf(checkGroup(desired, soracomView)), []);
    const resolvers = { useCustomDns: true, dnsServers: ["10.0.0.2"] };
    const view = group(resolvers);
    assert.deepEqual(problemsOf(checkGroup(configured({ dnsServers: ["10.0.0.2"] }), view)), []);
  });

  it("reports a group that does not exist, with the command that replaces it", () => {
    const findings = checkGroup(desired, { ...soracomView, group: undefined });
    assert.deepEqual(problemsOf(findings), ["drift: group group-1: does not exist, not exists"]);
    assert.match(remedyOf(findings), /--replace '\S+-sims-group'$/);
  });

  const changes: [air: object, problem: string][] = [
    [{ useVpg: false }, "drift: group group-1: useVpg: false, not true"],
    [{ vpgId: "vpg-2" }, "drift: group's VPG: vpg-2, not vpg-1"],
    [{ useCustomDns: true }, "drift: group's custom DNS: true, not false"],
  ];
  for (const [air, problem] of changes) {
    it(`reports ${problem}`, () => {
      const findings = checkGroup(desired, group(air));
      assert.deepEqual(problemsOf(findings), [problem]);
      assert.match(remedyOf(findings), /changed outside Pulumi.*--replace/);
    });
  }

  it("reports other resolvers than configured", () => {
    const view = group({ useCustomDns: true, dnsServers: ["10.9.0.2"] });
    assert.deepEqual(problemsOf(checkGroup(configured({ dnsServers: ["10.0.0.2"] }), view)), [
      'drift: group\'s resolvers: ["10.9.0.2"], not ["10.0.0.2"]',
    ]);
  });

  it("takes the resolvers of a device name from the stack's outputs", () => {
    const outputs = { ...desired.outputs, resolverIps: ["10.0.0.9"] };
    const view = group({ useCustomDns: true, dnsServers: ["10.0.0.9"] });
    assert.deepEqual(problemsOf(checkGroup({ ...desired, outputs }, view)), []);
  });

  it("reports a missing owner tag, and other tags", () => {
    const tagged = (tags: Record<string, string>) => ({
      ...soracomView,
      group: { ...soracomView.group, tags },
    });
    assert.deepEqual(problemsOf(checkGroup(desired, tagged({}))), [
      "drift: group owner tag: not reported, not canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-sims",
    ]);
    const findings = checkGroup(desired, tagged({ ...soracomView.group.tags, name: "mine" }));
    assert.match(problemsOf(findings)[0], /^drift: group tags: \{"name":"mine"/);
    assert.match(remedyOf(findings), /--replace '\S+-sims-settings'$/);
  });

  it("expects of a given group its note, and neither tags nor resolvers", () => {
    const given = configured({ simGroupId: "group-1" });
    const noted = (tags: Record<string, string>) => ({
      ...soracomView,
      group: { ...group({ useCustomDns: true }).group, tags },
    });
    const owner = "canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-sims";
    const note = { "canal-ftp-vpg-before": `${owner} unset unset` };
    assert.deepEqual(problemsOf(checkGroup(given, noted(note))), []);
    assert.deepEqual(problemsOf(checkGroup(given, noted({}))), [
      `drift: group's note of its owner: not reported, not ${owner}`,
    ]);
  });

  it("reports a second group with the stack's tag", () => {
    const { group: one } = soracomView;
    assert.deepEqual(problemsOf(checkGroup(desired, { ...soracomView, ownGroups: [one] })), []);
    const findings = checkGroup(desired, { ...soracomView, ownGroups: [one, one] });
    assert.deepEqual(problemsOf(findings), ["drift: groups of this stack: 2, not 1"]);
    assert.match(remedyOf(findings), /^Several groups have this stack's tag/);
  });
});

describe("checkSims", () => {
  const sims = (...sessions: ({ online?: boolean; vpgId?: string } | null)[]) => ({
    ...soracomView,
    sims: sessions.map((sessionStatus, index) => ({ simId: String(index + 1), sessionStatus })),
  });

  it("counts the SIMs; a group without any is a note", () => {
    const view = sims({ vpgId: "vpg-1" }, { online: true, vpgId: "vpg-1" }, { online: false });
    assert.deepEqual(checkSims(desired, view), [
      { check: "SIMs", state: "ok", found: "3 in the group: 2 in the VPG, 1 offline" },
    ]);
    assert.deepEqual(problemsOf(checkSims(desired, sims())), [
      "note: SIMs: 0 in the group: 0 in the VPG, 0 offline",
    ]);
  });

  it("counts virtual SIMs by their Arc session", () => {
    const arc = { simId: "1", type: "virtual", arcSessionStatus: { vpgId: "vpg-1" } };
    const view = { ...soracomView, sims: [arc, { simId: "2", type: "virtual" }] };
    assert.deepEqual(checkSims(desired, view), [
      {
        ...{ check: "SIMs", state: "ok" },
        found: "2 in the group, 2 of them of Arc: 1 in the VPG, 1 offline",
      },
    ]);
  });

  it("reports a session outside the VPG, with the command that resets it", () => {
    const findings = checkSims(desired, sims({ online: true, vpgId: "vpg-2" }, { online: true }));
    assert.deepEqual(problemsOf(findings), [
      "drift: SIM 1: session in VPG vpg-2, not in this VPG",
      "drift: SIM 2: session in no VPG, not in this VPG",
    ]);
    assert.match(remedyOf(findings), /npx canal-ftp sims attach --stack dev 1$/);
  });

  it("reports a configured SIM that is not in the group", () => {
    const findings = checkSims(configured({ simIds: ["1", "2"] }), sims({ vpgId: "vpg-1" }));
    assert.deepEqual(problemsOf(findings), ["drift: SIM 2: not in the group, not in the group"]);
    assert.match(remedyOf(findings), /^SIM 2 was removed from the group/);
  });
});
