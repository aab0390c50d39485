import { controlPort, passivePorts } from "../../../components/endpoint-network";
import { containsCidr, parseCidr } from "../../../lib/ipv4";
import type { Finding } from "../../core/findings";
import type { Hop } from "../hop";
import type { SecurityGroupRule } from "../site-aws";

/** The endpoint's security groups allow the devices' range on every FTP port. */
export const securityGroupHop: Hop = {
  name: "security group",
  check: async ({ aws, outputs, deviceRange, stack }) => {
    const server = await aws.server(outputs.serverId);
    const endpoint = await aws.endpoint(server?.EndpointDetails?.VpcEndpointId ?? "");
    const groups = (endpoint?.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
    const rules = await aws.securityGroupRules(groups);
    return checkRules(rules, groups, await deviceRange(), stack);
  },
};

/** Checks the rules for what FTP needs: the control port and each of the nine passive ports, from the whole range. */
export function checkRules(
  rules: readonly SecurityGroupRule[],
  groups: readonly string[],
  range: string,
  stack: string,
): Finding[] {
  const checkPorts = (check: string, from: number, to: number): Finding => {
    const ports = from === to ? `port ${from}` : `ports ${from}-${to}`;
    const all = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const closed = all.filter((port) => !rules.some((rule) => allows(rule, range, port)));
    const expected = `${ports} from ${range}`;
    if (closed.length === 0) return { check, state: "ok", found: expected };
    const found = closed.length === all.length ? "closed" : `closed on ${closed.join(", ")}`;
    const remedy = `No rule of ${groups.join(", ") || "the endpoint's security group"} allows TCP ${ports} from ${range}, so devices cannot connect there. Restore it: pulumi up -s ${stack} --refresh`;
    return { check, state: "drift", found, expected, remedy };
  };
  return [
    checkPorts("control connection", controlPort, controlPort),
    checkPorts("data connections", passivePorts.from, passivePorts.to),
  ];
}

function allows(rule: SecurityGroupRule, range: string, port: number): boolean {
  const { IsEgress, IpProtocol, FromPort = 0, ToPort = 65535, CidrIpv4 } = rule;
  const [outer, inner] = [parseCidr(CidrIpv4 ?? ""), parseCidr(range)];
  if (IsEgress || !outer || !inner || !containsCidr(outer, inner)) return false;
  return IpProtocol === "-1" || (IpProtocol === "tcp" && FromPort <= port && port <= ToPort);
}
