import { formatAddress, parseCidr } from "../../lib/ipv4";
import { EvaluatedStack, ofType } from "../../lib/stack/resource";
import { driverLines } from "./driver-lines";
import type { ServerResource } from "./find-server";

/** The address a device is seen from: in the VPG's range where there is one, otherwise inside the VPC. */
export function usualDevice({ resources }: EvaluatedStack, server: ServerResource): string {
  const behind = driverLines(resources).map(({ line }) => parseCidr(String(line.vpgCidr ?? "")));
  const range = behind.find((cidr) => cidr !== undefined);
  if (range) return formatAddress(range.base + 10);

  const hasPeering = ofType(resources, "aws:ec2/route:Route").length > 0;
  const vpc = resources.find(({ id }) => id === server.vpcId);
  const cidr = parseCidr(String(vpc?.outputs.cidrBlock ?? ""));
  return hasPeering || !cidr ? "100.64.0.10" : formatAddress(cidr.base + 10);
}
