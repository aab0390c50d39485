import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { WiringError } from "./wiring-error";

/** The Transfer Family server, with the properties that the twin uses. */
export interface ServerResource {
  readonly resource: Resource;
  readonly serverId: string;
  readonly arn: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  /** Name of the log group of its structured log; undefined without one. */
  readonly logGroup?: string;
}

/**
 * The stack's FTP server. AWS allows FTP only on a VPC endpoint and with a custom identity provider (user guide,
 * "create-server-ftp"); the twin does not serve a server that AWS would not create.
 *
 * @throws WiringError that names the server and the setting at fault
 */
export function findServer({ resources, stack }: EvaluatedStack): ServerResource {
  const servers = ofType(resources, "aws:transfer/server:Server");
  if (servers.length !== 1) {
    throw new WiringError(
      `The twin serves a stack with one aws.transfer.Server; ${stack} has ${servers.length}.`,
    );
  }
  const [resource] = servers;
  const error = (why: string) => new WiringError(`${label(resource)} ${why}`);
  const { protocols, endpointType, identityProviderType, endpointDetails } = resource.outputs;
  if (!Array.isArray(protocols) || !protocols.includes("FTP")) {
    throw error(`does not serve FTP: its protocols are ${JSON.stringify(protocols)}.`);
  }
  if (endpointType !== "VPC") {
    throw error(`has endpointType ${String(endpointType)}; AWS allows FTP only with VPC.`);
  }
  if (!["API_GATEWAY", "AWS_LAMBDA"].includes(String(identityProviderType))) {
    const type = String(identityProviderType);
    throw error(`has identityProviderType ${type}; the twin serves API_GATEWAY and AWS_LAMBDA.`);
  }
  const details = endpointDetails as Partial<ServerResource> | undefined;
  if (!details?.vpcId || !details.subnetIds?.length) {
    throw error("has no vpcId or no subnetIds in its endpointDetails.");
  }
  return {
    resource,
    serverId: resource.id,
    arn: String(resource.outputs.arn),
    vpcId: details.vpcId,
    subnetIds: details.subnetIds,
    securityGroupIds: details.securityGroupIds ?? [],
    logGroup: logGroupOf(resource),
  };
}

/** The destination is the group's ARN, which ends in `:*`. */
function logGroupOf({ outputs }: Resource): string | undefined {
  const [arn] = (outputs.structuredLogDestinations ?? []) as string[];
  return arn === undefined ? undefined : /:log-group:([^:]+)/.exec(arn)?.[1];
}
