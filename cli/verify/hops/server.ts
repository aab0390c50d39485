import { compare, type Finding } from "../../core/findings";
import type { Hop } from "../hop";

/** The server serves FTP, and has the addresses that devices hold. */
export const serverHop: Hop = {
  name: "server",
  check: async ({ aws, outputs, stack, wanted }) => {
    const { serverId, privateIps } = outputs;
    const again = `pulumi up -s ${stack} --refresh`;
    const server = await aws.server(serverId);
    if (!server) {
      const remedy = `Server ${serverId} is gone. ${again} makes another, with another name and other addresses: give those to the devices.`;
      const gone = {
        check: serverId,
        state: "drift",
        found: "not there",
        wanted: "ONLINE",
        remedy,
      };
      return [gone as Finding];
    }
    const { State, Protocols = [], EndpointType, EndpointDetails = {} } = server;
    const endpoint = await aws.endpoint(EndpointDetails.VpcEndpointId ?? "");
    const addresses = await aws.addresses(endpoint?.NetworkInterfaceIds ?? []);
    const changed = `Somebody changed server ${serverId} by hand. Put it back: ${again}`;
    return [
      compare(serverId, State ?? "not told", "ONLINE", remedyOf(State, serverId)),
      compare("protocols", Protocols.join(", "), "FTP", changed),
      compare("endpoint type", EndpointType, "VPC", changed),
      ...(wanted ? [compare("VPC", EndpointDetails.VpcId, wanted.outputs.vpcId, changed)] : []),
      compare(
        "endpoint",
        endpoint?.State ?? "not there",
        "available",
        `The server's VPC endpoint cannot be used. Once the server is stopped and started again, look once more; a new endpoint has other addresses.`,
      ),
      compare(
        "addresses",
        [...addresses].sort().join(", "),
        [...privateIps].sort().join(", "),
        `The endpoint has other addresses than the stack says. pulumi refresh -s ${stack} takes them up; give the new ones to the devices.`,
      ),
    ];
  },
};

function remedyOf(state: string | undefined, serverId: string): string {
  switch (state) {
    case "STARTING":
      return `The server starts; that takes some minutes. Look again then.`;
    case "START_FAILED":
      return `AWS could not start the server: the reason is in CloudWatch or with AWS's support. Try once more: aws transfer start-server --server-id ${serverId}`;
    case undefined:
    default:
      return `The server is stopped (and bills all the same). Start it: aws transfer start-server --server-id ${serverId}`;
  }
}
