import { containsCidr, parseCidr } from "../../lib/ipv4";
import { CheckedResource, fieldsOf, ifKnown, listOf, Rule, StackRule } from "./rule";

/** SORACOM allots the range of every VPG from this block: all source addresses of devices are in it. */
const deviceRange = "100.64.0.0/10";

/** FTP's control port, the passive ports of AWS Transfer Family, and DNS. */
const services = [
  { protocols: ["tcp"], from: 21, to: 21 },
  { protocols: ["tcp"], from: 8192, to: 8200 },
  { protocols: ["tcp", "udp"], from: 53, to: 53 },
];

interface Opening {
  readonly protocol?: unknown;
  readonly fromPort?: unknown;
  readonly toPort?: unknown;
  /** CIDR blocks, and every other source: security groups, prefix lists, IPv6. */
  readonly sources: readonly unknown[];
}

const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const groupType = "aws:ec2/securityGroup:SecurityGroup";

/** Devices can reach FTP's ports, and no other. */
export const ingress: Rule = {
  name: "ingress-from-devices-only",
  description: `Security groups admit TCP 21 and 8192-8200, and DNS, from ${deviceRange} only.`,
  check: (resource) => openingsOf(resource).flatMap(mistakesIn),
};

/**
 * A rule that admits a security group admits every member of that group. The group must therefore belong to the stack
 * and have no ingress rule itself, as the canary's.
 *
 * In a preview the ids of new groups are unknown, so rules with these are not checked; a literal id belongs to a group
 * outside the stack.
 */
export const ownSecurityGroupsOnly: StackRule = {
  name: "admits-own-groups-only",
  description: "A security group that another admits belongs to the stack and has no ingress rule.",
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
  if (!group) return `admits ${id}, a group outside the stack`;
  const hasIngress =
    listOf(ifKnown(() => group.properties.ingress)).length > 0 ||
    rules.some(({ properties }) => ifKnown(() => properties.securityGroupId) === id);
  return hasIngress ? `admits ${group.name}, a group with ingress rules` : undefined;
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
            // Groups by their id are checked with the whole stack (ownSecurityGroupsOnly).
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

function mistakesIn({ protocol, fromPort, toPort, sources }: Opening): string[] {
  const wrong: string[] = [];
  const [from, to] = [Number(fromPort), Number(toPort)];
  const fits = services.some(
    (service) =>
      service.protocols.includes(String(protocol)) && from >= service.from && to <= service.to,
  );
  if (!fits) {
    wrong.push(
      `admits ${String(protocol)} ${String(fromPort)}-${String(toPort)}, which is not a port of FTP or DNS`,
    );
  }
  for (const source of sources) {
    const block = parseCidr(String(source));
    if (!block || !containsCidr(parseCidr(deviceRange)!, block)) {
      wrong.push(`admits ${String(source)}, which is not inside ${deviceRange}`);
    }
  }
  return wrong;
}
