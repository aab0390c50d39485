import { driverCommands } from "../../resources/soracom";
import { commandResult, type CommandResult, type SiteState } from "./site-state";

type Document = Record<string, unknown>;

/** The value of a flag of the SORACOM CLI, such as `vpg-id`; empty without it. */
type Flag = (name: string) => string;

/**
 * SORACOM's state according to the stack's Commands. The twin runs no Command and assumes that all succeeded. Every
 * configured SIM is online.
 */
const reads: Record<string, (flag: Flag, site: SiteState) => unknown> = {
  "vpg get": (flag, site) => vpgs(site).find(({ vpgId }) => vpgId === flag("vpg-id")),
  "vpg list": (flag, site) => tagged(vpgs(site), flag),
  "groups get": (flag, site) => groups(site).find(({ groupId }) => groupId === flag("group-id")),
  "groups list": (flag, site) => tagged(groups(site), flag),
  "groups list-subscribers": (flag, site) => sims(site, flag("group-id")),
};

/** The output of a read-only command of the SORACOM CLI; an error for every other command. */
export function readSoracom(args: readonly string[], site: SiteState): CommandResult {
  const operation = args.slice(0, 2).join(" ");
  const flag: Flag = (name) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? "" : (args[at + 1] ?? "");
  };
  const answer = reads[operation]?.(flag, site);
  if (answer !== undefined) return commandResult(answer);
  const message = reads[operation]
    ? "There is no resource with this id."
    : `The twin does not answer soracom ${operation}.`;
  return { code: 1, stdout: "", stderr: `Error: ${JSON.stringify({ code: "TWIN", message })}\n` };
}

/** What the driver's Commands have created, with all settings that Commands of the same owner make. */
function created({ stack }: SiteState, noun: string) {
  const commands = driverCommands(stack.resources, noun);
  return commands
    .filter(({ creates }) => creates)
    .map(({ spec, result: line }) => {
      const more = commands.filter((other) => !other.creates && other.spec.owner === spec.owner);
      const specs = [spec, ...more.map((other) => other.spec)];
      return { spec: Object.assign({}, ...specs) as Document, line };
    });
}

function vpgs(site: SiteState): Document[] {
  const peerings = created(site, "peering").map(({ spec, line }) => [
    line.peeringConnectionId,
    { destinationCidrBlock: spec.destinationCidrBlock },
  ]);
  return created(site, "vpg").map(({ spec, line }) => ({
    vpgId: line.vpgId,
    status: site.holds("vpg-failed") ? "failed" : line.status,
    type: line.type,
    placement: { region: line.region },
    tags: tagsOf(spec),
    useInternetGateway: line.useInternetGateway,
    deviceSubnetCidrRange: line.deviceCidr,
    vpgSubnetCidrRange: line.vpgCidr,
    vpcPeeringConnections: Object.fromEntries(peerings) as Document,
  }));
}

function groups(site: SiteState): Document[] {
  return created(site, "group").map(({ spec, line }) => ({
    groupId: line.groupId,
    tags: tagsOf(spec),
    configuration: {
      SoracomAir: {
        useVpg: true,
        vpgId: spec.vpgId,
        useCustomDns: spec.dnsServers !== undefined,
        dnsServers: spec.dnsServers,
      },
    },
  }));
}

function sims(site: SiteState, groupId: string): Document[] {
  const group = created(site, "group").find(({ line }) => line.groupId === groupId);
  return created(site, "sims")
    .filter(({ spec }) => spec.groupId === groupId)
    .flatMap(({ spec }) => spec.simIds as string[])
    .map((simId) => ({
      simId,
      groupId,
      sessionStatus: { online: true, vpgId: group?.spec.vpgId },
    }));
}

function tagsOf(spec: Document): Document {
  return { ...(spec.tags as Document | undefined), "canal-ftp-owner": spec.owner, name: spec.name };
}

function tagged(items: readonly Document[], flag: Flag): Document[] {
  const [name, value] = [flag("tag-name"), flag("tag-value")];
  return items.filter(({ tags }) => name === "" || (tags as Document)[name] === value);
}
