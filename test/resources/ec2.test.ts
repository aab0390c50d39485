import assert from "node:assert/strict";

import { callInvoke } from "../../resources";
import { addressIn } from "../../resources/ec2";
import { resource } from "../twin/queue/support";
import { contextOf, created } from "./support";

const invoke = (name: string, inputs: object, ...resources: Parameters<typeof contextOf>) =>
  callInvoke(`aws:ec2/${name}:${name}`, { ...inputs }, contextOf(...resources));

describe("resources/ec2", () => {
  const subnets = ["10.0.0.0/18", "10.0.64.0/18"].map((cidrBlock, index) =>
    resource("aws:ec2/subnet:Subnet", `s${index}`, { cidrBlock }, `subnet-${index}`),
  );
  const server = resource("aws:transfer/server:Server", "server", {
    endpointDetails: { vpcEndpointId: "vpce-1", subnetIds: ["subnet-0", "subnet-1"] },
  });

  it("the FTP endpoint has an interface in each subnet, with the sixth address", () => {
    const { networkInterfaceIds, dnsEntries } = invoke("getVpcEndpoint", { id: "vpce-1" }, [
      server,
    ]);
    const addresses = (networkInterfaceIds as string[]).map(
      (id) => invoke("getNetworkInterface", { id }, [server, ...subnets]).privateIp,
    );
    assert.deepEqual(addresses, ["10.0.0.5", "10.0.64.5"]);
    const replacement = { ...server, name: `${server.name}#2` };
    assert.deepEqual(
      (networkInterfaceIds as string[]).map(
        (id) => invoke("getNetworkInterface", { id }, [replacement, ...subnets]).privateIp,
      ),
      ["10.0.0.15", "10.0.64.15"],
      "the server that is replaced still has the others",
    );
    assert.equal((dnsEntries as object[]).length, 3);
    assert.throws(() => invoke("getVpcEndpoint", { id: "vpce-2" }, [server]), /vpce-2 does not/);
    assert.throws(() => invoke("getNetworkInterface", { id: "eni-2" }, [server]), /eni-2 does not/);
  });

  it("a subnet of an existing VPC has a range for documentation", () => {
    assert.equal(addressIn("subnet-9", 2, 5, contextOf()), "203.0.113.133");
  });

  it("a route table has the routes that exist, and peerings the status of their accepters", () => {
    const route = (name: string, inputs: object) => ({
      ...resource("aws:ec2/route:Route", name, {}),
      inputs: { ...inputs },
    });
    const to = { destinationCidrBlock: "100.64.0.0/16", vpcPeeringConnectionId: "pcx-1" };
    const routes = [
      route("one", { routeTableId: "rtb-1", ...to }),
      route("two", { routeTableId: "rtb-2", ...to }),
    ];
    assert.deepEqual(invoke("getRouteTable", { routeTableId: "rtb-1" }, routes).routes, [
      { cidrBlock: "100.64.0.0/16", vpcPeeringConnectionId: "pcx-1" },
    ]);
    const accepter = (id: string, acceptStatus: string) =>
      resource(
        "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
        id,
        { acceptStatus },
        id,
      );
    const accepters = [accepter("pcx-1", "active"), accepter("pcx-2", "pending-acceptance")];
    const ids = { name: "vpc-peering-connection-id", values: ["pcx-1", "pcx-2", "pcx-3"] };
    const inStatus = (status: string) => {
      const filters = [ids, { name: "status-code", values: [status] }];
      return invoke("getVpcPeeringConnections", { filters }, accepters).ids;
    };
    assert.deepEqual([inStatus("active"), inStatus("deleted")], [["pcx-1"], []]);
    const statusOf = (id: string) => invoke("getVpcPeeringConnection", { id }, accepters).status;
    assert.deepEqual(["pcx-1", "pcx-2", "pcx-3"].map(statusOf), [
      "active",
      "pending-acceptance",
      "pending-acceptance",
    ]);
  });

  it("an accepter is active only with autoAccept", () => {
    const type = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
    const status = (autoAccept: boolean) =>
      created(type, "a", { vpcPeeringConnectionId: "pcx-1", autoAccept }).outputs.acceptStatus;
    assert.deepEqual([status(true), status(false)], ["active", "pending-acceptance"]);
  });
});
