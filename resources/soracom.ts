import { containsAddress, formatCidr, parseAddress, parseCidr } from "../lib/ipv4";
import { ofType, type Resource } from "../lib/stack/resource";
import { hex, uuid, type ProviderContext } from "./context";
import { hoursPerMonth, type PricedStack } from "./cost-item";
import type { Service } from "./resource-type";

type Values = Record<string, unknown>;

const command = "command:local:Command";

/** SORACOM's shared range; every VPG has a part of it. */
const vpgRange = parseCidr("100.64.0.0/10")!;

/** The driver's command, such as `vpg ensure`, when it is the driver that runs; in the repository it is started by `start.cjs`. */
export const driverVerb = ({ interpreter, create }: Readonly<Values>): string | undefined =>
  Array.isArray(interpreter) && /\bsoracom\/(start\.cjs|main\.js)$/.test(String(interpreter.at(-1)))
    ? String(create)
    : undefined;

const driverSpec = (inputs: Readonly<Values>): Values =>
  JSON.parse((inputs.environment as Record<string, string>).CANAL_FTP_SPEC) as Values;

/** A Command of the driver, with its specification and what it printed. */
export interface DriverCommand {
  readonly resource: Resource;
  readonly spec: Readonly<Values>;
  readonly result: Readonly<Values>;
  /** False: it sets tags and resolvers of what another command creates, and has no delete. */
  readonly creates: boolean;
}

/** The driver's commands about `vpg`, `peering` and so on. */
export function driverCommands(resources: readonly Resource[], noun: string): DriverCommand[] {
  return ofType(resources, command)
    .filter(({ inputs }) => driverVerb(inputs)?.startsWith(`${noun} `))
    .map((resource) => ({
      resource,
      spec: driverSpec(resource.inputs),
      result: JSON.parse(String(resource.outputs.stdout || "{}")) as Values,
      creates: resource.inputs.delete !== undefined,
    }));
}

/** The output of each command of the driver when SORACOM accepts every call. */
const results: Readonly<
  Record<string, (spec: Values, name: string, context: ProviderContext) => Values>
> = {
  "claim ensure": (spec, name) => ({
    owner: spec.owner ?? `${String(spec.prefix)}/${hex(name, 10)}`,
    coverages: [spec.coverage],
  }),

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

  "group ensure": (spec, name) => ({
    groupId: spec.groupId ?? uuid(name),
    vpgId: spec.vpgId,
    adopted: spec.groupId !== undefined,
  }),

  "sims attach": (spec) => ({
    groupId: spec.groupId,
    simsFrom: { "": spec.simIds },
  }),
};

/** The device is behind this VPG, so its address is in the VPG's range: the /16 around the address. */
function rangeAround(deviceAddress: string): string {
  const address = parseAddress(deviceAddress);
  const isInside = address !== undefined && containsAddress(vpgRange, address);
  const base = isInside ? address - (address % 65536) : vpgRange.base;
  return formatCidr({ base, prefix: 16 });
}

/** Number of VPGs, peerings and so on that the stack creates. A VPG that it is given is not on its bill. */
function commandsOf({ resources }: PricedStack, noun: string): number {
  return driverCommands(resources, noun).filter(
    ({ creates, spec }) => creates && (noun !== "vpg" || spec.vpgId === undefined),
  ).length;
}

/** SORACOM has no Pulumi provider: Command resources run the driver in soracom/. */
export const soracom: Service = {
  types: {
    [command]: {
      create: (name, inputs, context) => {
        const id = hex(name, 32);
        // The canary's password, which the real command generates at random.
        if (/randomBytes/.test(String(inputs.create))) {
          return { id, outputs: { stdout: JSON.stringify({ password: id }) } };
        }
        const result = results[driverVerb(inputs) ?? ""];
        if (!result) {
          throw new Error(
            `${name} runs a command whose output is not known here: ${String(inputs.create)}. resources/soracom.ts knows the commands of the SORACOM driver (${Object.keys(results).join(", ")}) and of the canary.`,
          );
        }
        const stdout = JSON.stringify(result(driverSpec(inputs), name, context));
        return { id, outputs: { stdout, stderr: "" } };
      },
      actions: "none",
      cost: [
        {
          name: "SORACOM VPG, setup",
          price: "vpg.setup",
          formula: "VPGs that the stack creates",
          units: (stack) => commandsOf(stack, "vpg"),
          once: true,
        },
        {
          name: "SORACOM VPG, base",
          price: "vpg.hour",
          formula: "730 x VPGs that the stack creates",
          units: (stack) => hoursPerMonth * commandsOf(stack, "vpg"),
        },
        {
          name: "SORACOM Canal peering",
          price: "canal.hour",
          formula: "730 x peerings",
          units: (stack) => hoursPerMonth * commandsOf(stack, "peering"),
        },
      ],
    },
  },
};
