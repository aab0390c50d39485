import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";

/** A stack that cannot be served: what is wrong is in the program, not in a device. */
export class WiringError extends Error {}

/** Transfer server, as far as the twin serves it. */
export interface ServerResource {
  readonly resource: Resource;
  readonly serverId: string;
  readonly arn: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
}

/**
 * The stack's FTP server. AWS takes FTP only on a VPC endpoint and with an identity provider of one's own
 * (user guide, "create-server-ftp"): what it would not create, the twin does not serve.
 *
 * @throws WiringError that names the server and what is wrong with it
 */
export function findServer({ resources, stack }: EvaluatedStack): ServerResource {
  const servers = ofType(resources, "aws:transfer/server:Server");
  if (servers.length !== 1) {
    throw new WiringError(
      `The twin serves a stack with one aws.transfer.Server; ${stack} has ${servers.length}.`,
    );
  }
  const [resource] = servers;
  const refuse = (why: string) => new WiringError(`${label(resource)} ${why}`);
  const { protocols, endpointType, identityProviderType, endpointDetails } = resource.outputs;
  if (!Array.isArray(protocols) || !protocols.includes("FTP")) {
    throw refuse(`does not speak FTP: its protocols are ${JSON.stringify(protocols)}.`);
  }
  if (endpointType !== "VPC") {
    throw refuse(`has endpointType ${String(endpointType)}; AWS takes FTP only with VPC.`);
  }
  if (!["API_GATEWAY", "AWS_LAMBDA"].includes(String(identityProviderType))) {
    const type = String(identityProviderType);
    throw refuse(`has identityProviderType ${type}; the twin serves API_GATEWAY and AWS_LAMBDA.`);
  }
  const details = endpointDetails as Partial<ServerResource> | undefined;
  if (!details?.vpcId || !details.subnetIds?.length) {
    throw refuse("has no vpcId or no subnetIds in its endpointDetails.");
  }
  return {
    resource,
    serverId: resource.id,
    arn: String(resource.outputs.arn),
    vpcId: details.vpcId,
    subnetIds: details.subnetIds,
    securityGroupIds: details.securityGroupIds ?? [],
  };
}
