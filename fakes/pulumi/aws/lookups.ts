import type { Properties } from "../values";
import type { Account } from "./account";

interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** Look-ups that see what is in the account, where the twin's own answers know a stack's first run only. */
export const lookups: Record<string, (inputs: Properties, account: Account) => Properties> = {
  "aws:ec2/getRouteTable:getRouteTable": ({ routeTableId }, account) => ({
    id: routeTableId,
    routeTableId,
    routes: account
      .all()
      .filter(({ type }) => type === "aws:ec2/route:Route")
      .filter(({ inputs }) => inputs.routeTableId === routeTableId)
      .map(({ inputs }) => ({
        cidrBlock: inputs.destinationCidrBlock,
        vpcPeeringConnectionId: inputs.vpcPeeringConnectionId,
      })),
  }),

  "aws:ec2/getVpcPeeringConnections:getVpcPeeringConnections": ({ filters }, account) => {
    const asked = (filters as Filter[]).find(({ name }) => name === "vpc-peering-connection-id");
    const living = account
      .all()
      .filter(({ type }) => type.endsWith(":VpcPeeringConnectionAccepter"))
      .filter(({ outputs }) => outputs.acceptStatus === "active")
      .map(({ id }) => id);
    return { id: "peerings", ids: living.filter((id) => asked?.values.includes(id)) };
  },
};
