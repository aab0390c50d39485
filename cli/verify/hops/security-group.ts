import type { Finding } from "../../core/findings";
import { controlPort, passivePorts } from "../../../components/endpoint-network";
import { containsCidr, parseCidr } from "../../../lib/ipv4";
import type { Hop } from "../hop";
import type { SecurityGroupRule } from "../site-aws";

/** The endpoint's security groups let the devices' range in on every port of FTP. */
export const securityGroupHop: Hop = {
  name: "security group",
  check: async ({ aws, outputs, deviceRange, stack }) => {
    const server = await aws.server(outputs.serverId);
    const endpoint = await aws.endpoint(server?.EndpointDetails?.VpcEndpointId ?? "");
    const groups = (endpoint?.Groups ?? []).map(({ GroupId }) => GroupId);
    const rules = await aws.securityGroupRules(groups);
    return checkRules(rules, groups, await deviceRange(), stack);
  },
};

/** Rules against what FTP needs: the control port, and each of the nine passive ports, from the whole range. */
export function checkRules(
  rules: readonly SecurityGroupRule[],
  groups: readonly string[],
  range: string,
  stack: string,
): Finding[] {
  const remedy = (ports: string) =>
    `No rule of ${groups.join(", ") || "the endpoint's security group"} lets TCP ${ports} in from ${range}: the device gets no connection there. Put it back: pulumi up -s ${stack} --refresh`;
  const check = (name: string, from: number, to: number): Finding => {
    const ports = from === to ? `port ${from}` : `ports ${from}-${to}`;
    const closed = span(from, to).filter(
      (port) => !rules.some((rule) => admits(rule, range, port)),
    );
    if (closed.length === 0) return { check: name, state: "ok", found: `${ports} from ${range}` };
    const found = closed.length === to - from + 1 ? "closed" : `closed on ${closed.join(", ")}`;
    return {
      check: name,
      state: "drift",
      found,
      wanted: `${ports} from ${range}`,
      remedy: remedy(ports),
    };
  };
  return [
    check("control connection", controlPort, controlPort),
    check("data connections", passivePorts.from, passivePorts.to),
  ];
}

const span = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

function admits(rule: SecurityGroupRule, range: string, port: number): boolean {
  const { IsEgress, IpProtocol, FromPort = 0, ToPort = 65535, CidrIpv4 } = rule;
  const [outer, inner] = [parseCidr(CidrIpv4 ?? ""), parseCidr(range)];
  if (IsEgress || !outer || !inner || !containsCidr(outer, inner)) return false;
  return IpProtocol === "-1" || (IpProtocol === "tcp" && FromPort <= port && port <= ToPort);
}
