import { compare, type Finding } from "../../core/findings";
import type { Hop } from "../hop";

/** The server is online for FTP, at the addresses that devices are configured with. */
export const serverHop: Hop = {
  name: "server",
  check: async ({ aws, outputs, stack, desired }): Promise<Finding[]> => {
    const { serverId, privateIps } = outputs;
    const up = `pulumi up -s ${stack} --refresh`;
    const server = await aws.server(serverId);
    if (!server) {
      const remedy = `Server ${serverId} no longer exists. ${up} creates another, with another id and other addresses: configure those on the devices.`;
      const found = "does not exist";
      return [{ check: serverId, state: "drift", found, expected: "ONLINE", remedy }];
    }
    const { State, Protocols = [], EndpointType, EndpointDetails = {} } = server;
    const endpoint = await aws.endpoint(EndpointDetails.VpcEndpointId ?? "");
    const addresses = await aws.addresses(endpoint?.NetworkInterfaceIds ?? []);
    const changed = `Server ${serverId} was changed outside Pulumi. Restore it: ${up}`;
    return [
      compare(serverId, State ?? "not reported", "ONLINE", stateRemedy(State, serverId)),
      compare("protocols", Protocols.join(", "), "FTP", changed),
      compare("endpoint type", EndpointType, "VPC", changed),
      ...(desired ? [compare("VPC", EndpointDetails.VpcId, desired.outputs.vpcId, changed)] : []),
      compare(
        "endpoint",
        endpoint?.State ?? "does not exist",
        "available",
        "The server's VPC endpoint is not available. Stop and start the server, then run verify again; a new endpoint has other addresses.",
      ),
      compare(
        "addresses",
        addresses.toSorted().join(", "),
        privateIps.toSorted().join(", "),
        `The endpoint's addresses differ from the stack's outputs. pulumi refresh -s ${stack} updates the outputs; configure the new addresses on the devices.`,
      ),
    ];
  },
};

function stateRemedy(state: string | undefined, serverId: string): string {
  switch (state) {
    case "STARTING":
      return "The server is starting, which takes some minutes. Run verify again then.";
    case "START_FAILED":
      return `AWS could not start the server: check CloudWatch, or ask AWS support. Retry in the Transfer Family console: start server ${serverId}.`;
    case undefined:
    default:
      return `The server is stopped, and is still billed. Start it in the Transfer Family console: server ${serverId}.`;
  }
}
