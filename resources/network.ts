import type { Answerer } from "./context";
import { networkId } from "./vpc";

/** A VPC's parts, for those who make them one by one: awsx's provider does. */
const parts: Record<string, string> = {
  "aws:ec2/vpc:Vpc": "vpc",
  "aws:ec2/internetGateway:InternetGateway": "igw",
  "aws:ec2/subnet:Subnet": "subnet",
  "aws:ec2/routeTable:RouteTable": "rtb",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "rtbassoc",
};

/** Each known by an id of its own, and nothing else that anybody here asks for. */
export const network: Record<string, Answerer> = Object.fromEntries(
  Object.entries(parts).map(([type, prefix]): [string, Answerer] => [
    type,
    (name, _inputs, context) => {
      const id = networkId(prefix, type, name);
      return { id, outputs: { arn: context.arn("ec2", `${prefix}/${id}`) } };
    },
  ]),
);
