import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { parseAddress } from "../../lib/ipv4";
import { poll, type Polling } from "./poll";

/** How clients reach a server. */
export interface Endpoint {
  /** Names of the endpoint, the regional one first. */
  readonly dnsNames: string[];
  /** Private IPv4 addresses, one for each subnet, in ascending order. */
  readonly addresses: string[];
}

/** Transfer Family reports a server as ONLINE before its endpoint has all of its interfaces. */
const endpointPolling: Polling = { seconds: 600, pauseSeconds: 5 };

/**
 * The endpoint of a server, once it has an address in each of its subnets. In a preview that finds another number of
 * addresses, the endpoint is unknown: the update is going to change it.
 *
 * @throws pulumi.RunError when the endpoint does not get its addresses
 */
export async function readEndpoint(
  serverId: string,
  endpointId: string | undefined,
  subnets: number,
  opts: pulumi.InvokeOptions,
  polling = endpointPolling,
): Promise<Endpoint> {
  const isPreview = pulumi.runtime.isDryRun();
  if (!endpointId) {
    if (isPreview) return unknownEndpoint;
    throw new pulumi.RunError(
      `AWS reports no endpoint of server ${serverId} yet. Run pulumi up --refresh in some minutes.`,
    );
  }
  const read = () => aws.ec2.getVpcEndpoint({ id: endpointId }, opts);
  type Read = Awaited<ReturnType<typeof read>>;
  const isComplete = ({ networkInterfaceIds, state }: Read) =>
    networkInterfaceIds.length === subnets && state === "available";
  const endpoint = await poll(read, isComplete, isPreview ? { ...polling, seconds: 0 } : polling);
  const { networkInterfaceIds: ids, dnsEntries, state } = endpoint;
  if (!isComplete(endpoint)) {
    if (isPreview) return unknownEndpoint;
    throw new pulumi.RunError(
      `The endpoint ${endpointId} of server ${serverId} is ${state} and has ${ids.length} of ${subnets} addresses after ${polling.seconds / 60} minutes. Run pulumi up again; if that does not help, check that every subnet has a free address.`,
    );
  }
  const interfaces = await Promise.all(ids.map((id) => aws.ec2.getNetworkInterface({ id }, opts)));
  return {
    dnsNames: dnsEntries.map(({ dnsName }) => dnsName),
    addresses: inAddressOrder(interfaces.map(({ privateIp }) => privateIp)),
  };
}

/** Pulumi treats an output with this value as unknown. */
const unknownEndpoint = pulumi.unknown as unknown as Endpoint;

/** AWS lists interfaces in no fixed order, and another order would be a change of the output. */
function inAddressOrder(addresses: readonly string[]): string[] {
  return [...addresses].sort((a, b) => (parseAddress(a) ?? 0) - (parseAddress(b) ?? 0));
}
