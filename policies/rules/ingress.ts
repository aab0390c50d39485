import { containsCidr, parseCidr } from "../../lib/ipv4";
import { CheckedResource, fieldsOf, ifKnown, listOf, Rule, StackRule } from "./rule";

/** Where every VPG's own range is allotted from: the documented superset of where devices can come from. */
const deviceRange = "100.64.0.0/10";

/** The control port, and the passive ports of AWS Transfer Family; and where devices ask for a name. */
const services = [
  { protocols: ["tcp"], from: 21, to: 21 },
  { protocols: ["tcp"], from: 8192, to: 8200 },
  { protocols: ["tcp", "udp"], from: 53, to: 53 },
];

interface Opening {
  readonly protocol?: unknown;
  readonly fromPort?: unknown;
  readonly toPort?: unknown;
  /** Blocks, and everything else that can be let in: other groups, prefix lists, IPv6. */
  readonly sources: readonly unknown[];
}

const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const groupType = "aws:ec2/securityGroup:SecurityGroup";

/** Devices reach FTP's ports; every other port is closed. */
export const ingress: Rule = {
  name: "ingress-from-devices-only",
  description: `Security groups let in TCP 21 and 8192-8200, and DNS, from ${deviceRange}, and nothing else.`,
  check: (resource) => openingsOf(resource).flatMap(whatIsWrong),
};

/**
 * A rule that lets a security group in admits every member of that group. So it has to be a group of the
 * stack, for something that only goes out (the canary), and it may have no ingress rule itself.
 *
 * In a preview, what is not made yet has no id, and a rule by it has none to check: a literal id is a foreign group's.
 */
export const ownSecurityGroupsOnly: StackRule = {
  name: "groups-let-in-are-the-stacks-own",
  description: "A security group that another lets in is the stack's own and has no ingress rule.",
  check: (resources) => {
    const rules = resources.filter(({ type }) => type === ingressType);
    const groups = resources.filter(({ type }) => type === groupType);
    return rules.flatMap((resource) => {
      const message = listOf(ifKnown(() => resource.properties.referencedSecurityGroupId))
        .map((id) => objectionTo(id, groups, rules))
        .find((objection) => objection !== undefined);
      return message === undefined ? [] : [{ resource, message }];
    });
  },
};

function objectionTo(
  id: string,
  groups: readonly CheckedResource[],
  rules: readonly CheckedResource[],
): string | undefined {
  const group = groups.find(({ properties }) =>
    String(ifKnown(() => properties.arn)).endsWith(`/${id}`),
  );
  if (!group) return `lets in ${id}, a group that is not the stack's`;
  const letsIn =
    listOf(ifKnown(() => group.properties.ingress)).length > 0 ||
    rules.some(({ properties }) => ifKnown(() => properties.securityGroupId) === id);
  return letsIn ? `lets in ${group.name}, a group that lets in others` : undefined;
}

function openingsOf({ type, properties }: CheckedResource): Opening[] {
  switch (type) {
    case ingressType:
      return [
        {
          protocol: properties.ipProtocol,
          fromPort: properties.fromPort,
          toPort: properties.toPort,
          sources: [
            ...listOf(properties.cidrIpv4),
            ...listOf(properties.cidrIpv6),
            ...listOf(properties.prefixListId),
            // A group by its id: whose it is takes the whole stack to see (ownSecurityGroupsOnly).
          ],
        },
      ];
    case groupType:
      return listOf(properties.ingress).map((rule) => inlineOpening(fieldsOf(rule)));
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
      return properties.type === "ingress" ? [inlineOpening(properties)] : [];
    default:
      return [];
  }
}

const inlineOpening = (rule: Readonly<Record<string, unknown>>): Opening => ({
  protocol: rule.protocol,
  fromPort: rule.fromPort,
  toPort: rule.toPort,
  sources: [
    ...listOf(rule.cidrBlocks),
    ...listOf(rule.ipv6CidrBlocks),
    ...listOf(rule.prefixListIds),
    ...listOf(rule.securityGroups),
    ...listOf(rule.sourceSecurityGroupId),
    ...(rule.self === true ? ["itself"] : []),
  ],
});

function whatIsWrong({ protocol, fromPort, toPort, sources }: Opening): string[] {
  const wrong: string[] = [];
  const [from, to] = [Number(fromPort), Number(toPort)];
  const fits = services.some(
    (service) =>
      service.protocols.includes(String(protocol)) && from >= service.from && to <= service.to,
  );
  if (!fits) {
    wrong.push(
      `lets in ${String(protocol)} ${String(fromPort)}-${String(toPort)}, not FTP's ports`,
    );
  }
  for (const source of sources) {
    const block = parseCidr(String(source));
    if (!block || !containsCidr(parseCidr(deviceRange)!, block)) {
      wrong.push(`lets in ${String(source)}, which is not inside ${deviceRange}`);
    }
  }
  return wrong;
}
