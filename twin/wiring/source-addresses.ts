import { formatAddress, parseAddress } from "../../lib/ipv4";
import type { EvaluatedStack } from "../../lib/stack/resource";
import { driverOutputs } from "./driver-outputs";

/** The number of addresses that the VPC sees devices come from; `each`: every client address has its own. */
export type DeviceAddresses = number | "each";

/** SORACOM's number for a VPG of Type-F (API specification, VirtualPrivateGateway). */
const typeF = 15;

/**
 * The number of addresses that the stack's VPG implies. Type-F translates the addresses of all SIMs to those of its
 * gateways: how many there are is not documented (one published set-up shows two), so the twin takes the worst case.
 * Type-F2 and a stack without a VPG do not translate.
 */
export function impliedAddresses({ resources }: EvaluatedStack): DeviceAddresses {
  return driverOutputs(resources).some(({ output }) => output.type === typeF) ? 1 : "each";
}

/**
 * Assigns a source address to each new session. Several addresses are assigned in turn, because clients on one machine
 * represent many devices.
 *
 * @param first - The first of the addresses; the others follow it.
 */
export function sourceAddresses(
  first: string,
  count: DeviceAddresses,
): (clientAddress: string) => string {
  const base = parseAddress(first) ?? 0;
  const known = new Map<string, number>();
  let sessions = 0;
  return (clientAddress) => {
    if (count !== "each") return formatAddress(base + (sessions++ % count));
    const offset = known.get(clientAddress) ?? known.size;
    known.set(clientAddress, offset);
    return formatAddress(base + offset);
  };
}
