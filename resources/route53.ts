import { formatAddress, parseCidr } from "../lib/ipv4";
import { Answerer, AnswerContext, hex } from "./context";

/** Zones, records, and the resolver that answers devices. */
export const route53: Record<string, Answerer> = {
  "aws:route53/zone:Zone": (name, _inputs, context) => {
    const zoneId = `Z${hex(name, 20).toUpperCase()}`;
    const arn = context.arn("route53", `hostedzone/${zoneId}`, { region: "", account: "" });
    return { id: zoneId, outputs: { zoneId, arn } };
  },

  "aws:route53/record:Record": (_name, inputs) => {
    const { zoneId, name, type } = inputs;
    return { id: [zoneId, name, type].join("_"), outputs: { fqdn: name } };
  },

  "aws:route53/resolverEndpoint:ResolverEndpoint": (name, inputs, context) => {
    const id = `rslvr-in-${hex(name, 17)}`;
    const asked = inputs.ipAddresses as { subnetId: string }[];
    return {
      id,
      outputs: {
        arn: context.arn("route53resolver", `resolver-endpoint/${id}`),
        ipAddresses: asked.map(({ subnetId }, index) => ({
          subnetId,
          ip: addressIn(subnetId, index, context),
          ipId: `rni-${hex(`${name}${index}`, 17)}`,
        })),
      },
    };
  },
};

/** Above the endpoint's own; an existing VPC's subnets are not the program's: a documentation range stands for theirs. */
function addressIn(subnetId: string, index: number, context: AnswerContext): string {
  const subnet = context.find(({ id }) => id === subnetId);
  const block = String(subnet?.outputs.cidrBlock ?? `203.0.113.${index * 64}/26`);
  return formatAddress(parseCidr(block)!.base + 6);
}
