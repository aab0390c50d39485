import { containsCidr, parseCidr } from "../../net/ipv4";
import { CheckedResource, fieldsOf, listOf, Rule } from "./rule";

/** Where every VPG's own range is allotted from: the documented superset of where devices can come from. */
const deviceRange = "100.64.0.0/10";

/** The control port, and the passive ports of AWS Transfer Family. */
const ftpPorts = [
  { from: 21, to: 21 },
  { from: 8192, to: 8200 },
];

interface Opening {
  readonly protocol?: unknown;
  readonly fromPort?: unknown;
  readonly toPort?: unknown;
  /** Blocks, and everything else that can be let in: other groups, prefix lists, IPv6. */
  readonly sources: readonly unknown[];
}

/** Devices reach FTP's ports and nobody reaches anything else. */
export const ingress: Rule = {
  name: "ingress-from-devices-only",
  description: `Security groups let in TCP 21 and 8192-8200 from ${deviceRange}, and nothing else.`,
  check: (resource) => openingsOf(resource).flatMap(whatIsWrong),
};

function openingsOf({ type, properties }: CheckedResource): Opening[] {
  switch (type) {
    case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
      return [
        {
          protocol: properties.ipProtocol,
          fromPort: properties.fromPort,
          toPort: properties.toPort,
          sources: [
            ...listOf(properties.cidrIpv4),
            ...listOf(properties.cidrIpv6),
            ...listOf(properties.prefixListId),
            ...listOf(properties.referencedSecurityGroupId),
          ],
        },
      ];
    case "aws:ec2/securityGroup:SecurityGroup":
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
  const fits = ftpPorts.some((ports) => from >= ports.from && to <= ports.to);
  if (protocol !== "tcp" || !fits) {
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
