import type { Finding } from "../../../cli/core/findings";
import type { DesiredState } from "../../../cli/status/desired-state";
import type { AwsView, SoracomView } from "../../../cli/status/views";

/** A deployed dev stack. */
export const desired: DesiredState = {
  file: {
    project: "canal-ftp",
    stack: "dev",
    values: {},
    region: "ap-northeast-1",
    awsProfile: undefined,
    allowedAccountIds: [],
  },
  region: "ap-northeast-1",
  canal: {
    coverage: "jp",
    deviceCidr: "10.128.0.0/9",
    dnsServers: [],
    simIds: [],
  },
  tags: { project: "canal-ftp", stack: "dev", environment: "dev" },
  outputs: {
    soracomOwner: "canal-ftp/dev/k3j9x2ab4m",
    vpcId: "vpc-1",
    routeTableIds: ["rtb-1", "rtb-2"],
    vpgId: "vpg-1",
    peeringConnectionId: "pcx-1",
    simGroupId: "group-1",
  },
};

const tagsOf = (name: string): Record<string, string> => ({
  ...desired.tags,
  name,
  "canal-ftp-owner": `${desired.outputs.soracomOwner}/${name}`,
});

/** What SORACOM reports of it. */
export const soracomView = {
  vpg: {
    vpgId: "vpg-1",
    status: "running",
    type: 15,
    placement: { region: "ap-northeast-1" },
    tags: tagsOf("canal-ftp-dev-vpg"),
    useInternetGateway: false,
    deviceSubnetCidrRange: "10.128.0.0/9",
    vpgSubnetCidrRange: "100.64.152.0/24",
    vpcPeeringConnections: { "pcx-1": {} },
  },
  ownVpgs: [],
  group: {
    groupId: "group-1",
    tags: tagsOf("canal-ftp-dev-sims"),
    configuration: { SoracomAir: { useVpg: true, vpgId: "vpg-1" } },
  },
  ownGroups: [],
  owned: { vpgs: [], groups: [], givenGroups: [], peerings: [] },
  sims: [],
} satisfies SoracomView;

const route = {
  DestinationCidrBlock: "100.64.152.0/24",
  VpcPeeringConnectionId: "pcx-1",
  State: "active" as const,
};

/** What AWS reports of it. */
export const awsView = {
  peering: {
    VpcPeeringConnectionId: "pcx-1",
    Status: { Code: "active" },
    AccepterVpcInfo: { VpcId: "vpc-1" },
  },
  routeTables: ["rtb-1", "rtb-2"].map((RouteTableId) => ({ RouteTableId, Routes: [route] })),
} satisfies AwsView;

/** Findings that are not ok, a line each. */
export const problemsOf = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ state }) => state !== "ok")
    .map(({ check, state, found, expected }) =>
      [`${state}: ${check}: ${found}`, ...(expected === undefined ? [] : [expected])].join(
        ", not ",
      ),
    );

/** The remedy of the first finding that has one. */
export const remedyOf = (findings: readonly Finding[]): string =>
  findings.find(({ remedy }) => remedy !== undefined)?.remedy ?? "";
