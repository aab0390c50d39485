import type { VpcPeering } from "../core/aws-reader";
import { type Finding, compare } from "../core/findings";
import { replaceLine } from "../core/urns";
import type { DesiredState } from "./desired-state";
import type { AwsView, SoracomView } from "./views";

/** SORACOM lists the peering. */
export function checkSoracomPeering(
  { file, outputs }: DesiredState,
  { vpg }: SoracomView,
): Finding {
  const id = outputs.peeringConnectionId;
  const isListed = Object.keys(vpg?.vpcPeeringConnections ?? {}).includes(id);
  const replace = replaceLine(file.project, file.stack, "peering");
  return compare(
    `peering ${id} at SORACOM`,
    isListed ? "exists" : "does not exist",
    "exists",
    `SORACOM's half of the peering no longer exists. Create another: ${replace}`,
  );
}

/** States from which a peering can still become active, by itself or when it is accepted. */
const pendingCodes = ["initiating-request", "pending-acceptance", "provisioning"];

/** AWS has the peering, active, and with the stack's VPC. */
export function checkAwsPeering({ file, outputs }: DesiredState, { peering }: AwsView): Finding[] {
  const { stack } = file;
  const check = `peering ${outputs.peeringConnectionId} at AWS`;
  const replace = replaceLine(file.project, stack, "peering");
  const remedy = pendingCodes.includes(peering?.Status?.Code ?? "")
    ? `The peering was not accepted, and AWS drops a request after 7 days. Accept it: pulumi up -s ${stack} --refresh`
    : `The peering has ended on the AWS side. pulumi up -s ${stack} detects that from its routes and creates another; if the routes no longer exist: ${replace}`;
  const findings = [compare(check, describe(peering), "active", remedy)];
  const vpcId = peering?.AccepterVpcInfo?.VpcId;
  if (vpcId !== undefined) {
    const other = `The peering connects another VPC. Create another peering: ${replace}`;
    findings.push(compare("peering's VPC", vpcId, outputs.vpcId, other));
  }
  return findings;
}

function describe(peering: VpcPeering | undefined): string {
  if (!peering) return "does not exist";
  const { Code = "not reported", Message } = peering.Status ?? {};
  return Code === "active" || !Message ? Code : `${Code} (${Message})`;
}

/** Every route table sends the VPG's block to the peering. */
export function checkRoutes(
  { file, outputs }: DesiredState,
  { routeTables }: AwsView,
  destination: string,
): Finding[] {
  const missing = `A route is missing or has another target, so replies to the devices are lost. Restore it: pulumi up -s ${file.stack} --refresh`;
  const dead = `A route's target is a peering that has ended. pulumi up -s ${file.stack} creates another peering and changes the route.`;
  return outputs.routeTableIds.map((id) => {
    const routes = routeTables.find(({ RouteTableId }) => RouteTableId === id)?.Routes;
    const route = routes?.find((one) => one.DestinationCidrBlock === destination);
    const target = route?.VpcPeeringConnectionId ?? route?.GatewayId ?? "another target";
    const found = !routes
      ? "no such table"
      : !route
        ? "no route"
        : target === outputs.peeringConnectionId
          ? `${target} ${route.State}`
          : target;
    return compare(
      `route to ${destination} in ${id}`,
      found,
      `${outputs.peeringConnectionId} active`,
      route?.State === "blackhole" ? dead : missing,
    );
  });
}
