import type { Resource } from "../../../lib/stack/resource";
import { Engine } from "../../soracom/engine";
import { Lab } from "../../soracom/lab";
import { evaluateStack } from "../../support/golden";
import { Cloud } from "./cloud";

/** What the dev stack asks for; evaluated once. */
let program: Promise<readonly Resource[]> | undefined;

/** A site that was deployed: at the lab's SORACOM by the program's own Commands, at AWS as its resources say. */
export async function deploy(lab: Lab): Promise<{ cloud: Cloud; vpgId: string; groupId: string }> {
  lab.reset();
  // Other Commands generate passwords.
  program ??= evaluateStack("dev").then(({ resources }) => resources.filter(isOfDriver));
  const engine = new Engine(async (line, { CANAL_FTP_SPEC, PULUMI_COMMAND_STDOUT }) => {
    const words = line.at(-1)!;
    const spec = JSON.parse(CANAL_FTP_SPEC) as object;
    const result = await lab.good(words, spec, { previous: PULUMI_COMMAND_STDOUT });
    return { stdout: JSON.stringify(result), stderr: "" };
  });
  await engine.up(await program);
  const answers = engine.state.map(({ stdout }) => JSON.parse(stdout) as Record<string, string>);
  const { owner: claimed } = answers[0];
  const { vpgId, vpgCidr, peeringConnectionId, peerVpcId, groupId } = Object.assign(
    {},
    ...answers,
  ) as Record<string, string>;

  const cloud = new Cloud();
  cloud.peerings = [
    { id: peeringConnectionId, code: "active", vpcId: peerVpcId, requesterCidr: vpgCidr },
  ];
  const routeTableIds = ["rtb-0a1", "rtb-0a2"];
  for (const id of routeTableIds) {
    cloud.routeTables.set(id, [
      {
        DestinationCidrBlock: "10.0.0.0/16",
        GatewayId: "local",
        Origin: "CreateRouteTable",
        State: "active",
      },
      {
        DestinationCidrBlock: vpgCidr,
        VpcPeeringConnectionId: peeringConnectionId,
        Origin: "CreateRoute",
        State: "active",
      },
    ]);
  }
  const simGroupId = groupId;
  cloud.outputs = {
    soracomOwner: claimed,
    ...{ vpcId: peerVpcId, routeTableIds, vpgId, peeringConnectionId, simGroupId },
  };
  lab.api.calls.length = 0;
  return { cloud, vpgId, groupId };
}

function isOfDriver({ inputs }: Resource): boolean {
  return (inputs.environment as Record<string, string> | undefined)?.CANAL_FTP_SPEC !== undefined;
}
