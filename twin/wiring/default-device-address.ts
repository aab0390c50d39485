import { formatAddress, parseCidr } from "../../lib/ipv4";
import { EvaluatedStack, ofType } from "../../lib/stack/resource";
import { driverOutputs } from "./driver-outputs";
import type { ServerResource } from "./find-server";

/** The device's address when none is given: in the VPG's range if the stack has one, otherwise inside the VPC. */
export function defaultDeviceAddress(
  { resources }: EvaluatedStack,
  server: ServerResource,
): string {
  const ranges = driverOutputs(resources).map(({ output }) =>
    parseCidr(String(output.vpgCidr ?? "")),
  );
  const range = ranges.find((cidr) => cidr !== undefined);
  if (range) return formatAddress(range.base + 10);

  const hasPeering = ofType(resources, "aws:ec2/route:Route").length > 0;
  const vpc = resources.find(({ id }) => id === server.vpcId);
  const cidr = parseCidr(String(vpc?.outputs.cidrBlock ?? ""));
  return hasPeering || !cidr ? "100.64.0.10" : formatAddress(cidr.base + 10);
}
