import type { VpcPeering } from "../core/aws-reader";
import { type Finding, compare } from "../core/findings";
import { replaceLine } from "../core/urns";
import type { AwsView, SoracomView } from "./views";
import type { DesiredState } from "./desired-state";

/** Both sides have the peering. */
export function checkSoracomPeering(
  { file, outputs }: DesiredState,
  { vpg }: SoracomView,
): Finding {
  const id = outputs.peeringConnectionId;
  const listed = Object.keys(vpg?.vpcPeeringConnections ?? {}).includes(id);
  const line = replaceLine(file.project, file.stack, "peering");
  return compare(
    `peering ${id} at SORACOM`,
    listed ? "there" : "not there",
    "there",
    `SORACOM's half of the peering is gone. Make it anew: ${line}`,
  );
}

/** The states in which a peering can still become active by itself or by accepting it. */
const BECOMING = ["initiating-request", "pending-acceptance", "provisioning"];

/** AWS has the peering, active, and with the stack's VPC. */
export function checkAwsPeering({ file, outputs }: DesiredState, { peering }: AwsView): Finding[] {
  const { stack } = file;
  const check = `peering ${outputs.peeringConnectionId} at AWS`;
  const code = peering?.Status?.Code;
  const remedy = BECOMING.includes(code ?? "")
    ? `The peering was not accepted, and AWS drops a request after 7 days. Accept it: pulumi up -s ${stack} --refresh`
    : `The peering has ended on the AWS side. pulumi up -s ${stack} finds that by its routes and makes it anew; where the routes are gone too: ${replaceLine(file.project, stack, "peering")}`;
  const findings = [compare(check, describe(peering), "active", remedy)];
  const vpcId = peering?.AccepterVpcInfo?.VpcId;
  if (vpcId !== undefined) {
    const other = `The peering leads to another VPC. Make it anew: ${replaceLine(file.project, stack, "peering")}`;
    findings.push(compare("peering's VPC", vpcId, outputs.vpcId, other));
  }
  return findings;
}

function describe(peering: VpcPeering | undefined): string {
  if (!peering) return "not there";
  const { Code = "not told", Message } = peering.Status ?? {};
  return Code === "active" || !Message ? Code : `${Code} (${Message})`;
}

/** Every table leads the VPG's block to the peering. */
export function checkRoutes(
  { file, outputs }: DesiredState,
  { routeTables }: AwsView,
  destination: string,
): Finding[] {
  const missing = `A route is missing or leads elsewhere, so answers to the devices get lost. Refresh sees that: pulumi up -s ${file.stack} --refresh`;
  const dead = `A route leads to a peering that has ended. pulumi up -s ${file.stack} makes the peering anew and turns the route.`;
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
    const isDead = route?.State === "blackhole";
    return compare(
      `route to ${destination} in ${id}`,
      found,
      `${outputs.peeringConnectionId} active`,
      isDead ? dead : missing,
    );
  });
}
