import { formatCidr, parseAddress, parseCidr, containsAddress } from "../lib/ipv4";
import { Answerer, AnswerContext, hex } from "./context";

type Spec = Record<string, unknown>;

/** SORACOM's shared range; every VPG gets a part of it. */
const vpgRange = parseCidr("100.64.0.0/10")!;

/**
 * What the SORACOM driver prints for each of its commands, as if SORACOM had said yes to all of them.
 */
export const soracom: Record<string, Answerer> = {
  "command:local:Command": (name, inputs, context) => {
    // The canary's password, which `node` prints: here the same one each time.
    if (/randomBytes/.test(String(inputs.create))) {
      return {
        id: hex(name, 32),
        outputs: { stdout: JSON.stringify({ password: hex(name, 32) }) },
      };
    }
    const verb = /soracom\/main\.ts (\w+ \w+)$/.exec(String(inputs.create))?.[1];
    const answers = verb === undefined ? undefined : lines[verb];
    if (!answers) {
      throw new Error(
        `The twin runs no commands and knows only those of the SORACOM driver and of the canary; ${name} has: ${String(inputs.create)}`,
      );
    }
    const { CANAL_FTP_SPEC } = inputs.environment as Record<string, string>;
    const line = answers(JSON.parse(CANAL_FTP_SPEC) as Spec, name, context);
    return { id: hex(name, 32), outputs: { stdout: JSON.stringify(line), stderr: "" } };
  },
};

const lines: Record<string, (spec: Spec, name: string, context: AnswerContext) => Spec> = {
  "vpg ensure": (spec, name, context) => ({
    vpgId: spec.vpgId ?? uuid(name),
    vpgCidr: rangeAround(context.deviceAddress),
    status: "running",
    region: spec.region,
    type: spec.type,
    useInternetGateway: spec.useInternetGateway,
    deviceCidr: spec.deviceCidr,
    adopted: spec.vpgId !== undefined,
  }),

  "peering ensure": (spec, name) => ({ ...spec, peeringConnectionId: `pcx-${hex(name, 17)}` }),

  "group ensure": (spec, name) => ({ groupId: uuid(name), vpgId: spec.vpgId }),

  "sims attach": (spec) => ({
    groupId: spec.groupId,
    sims: (spec.simIds as string[]).map((simId) => ({ simId, previousGroupId: null })),
  }),
};

/** The device is behind this VPG, so its address is in the range: the /16 around it. */
function rangeAround(deviceAddress: string): string {
  const address = parseAddress(deviceAddress);
  const inside = address !== undefined && containsAddress(vpgRange, address);
  const base = inside ? address - (address % 65536) : vpgRange.base;
  return formatCidr({ base, prefix: 16 });
}

function uuid(seed: string): string {
  return hex(seed, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
