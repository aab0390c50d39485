import { driverVerb } from "../../resources/soracom";
import { ofType } from "../../lib/stack/resource";
import { readWords, type CliWords } from "./cli-words";
import { printed, type Printed } from "./printed";
import type { SiteState } from "./site-state";

type Document = Record<string, unknown>;

/**
 * SORACOM's state according to the stack's Commands. The twin runs no Command and assumes that all succeeded. Every
 * configured SIM is online.
 */
const reads: Record<string, (words: CliWords, site: SiteState) => unknown> = {
  "vpg get": (words, site) => vpgs(site).find(({ vpgId }) => vpgId === words.flag("vpg-id")),
  "vpg list": (words, site) => tagged(vpgs(site), words),
  "groups get": (words, site) =>
    groups(site).find(({ groupId }) => groupId === words.flag("group-id")),
  "groups list": (words, site) => tagged(groups(site), words),
  "groups list-subscribers": (words, site) => sims(site, words.flag("group-id")),
};

/** The output of a read-only command of the SORACOM CLI; an error for every other command. */
export function readSoracom(args: readonly string[], site: SiteState): Printed {
  const words = readWords(args);
  const answer = reads[words.operation]?.(words, site);
  if (answer !== undefined) return printed(answer);
  const message = reads[words.operation]
    ? "There is no resource with this id."
    : `The twin does not answer soracom ${words.operation}.`;
  return { code: 1, stdout: "", stderr: `Error: ${JSON.stringify({ code: "TWIN", message })}\n` };
}

interface Created {
  readonly spec: Document;
  readonly line: Document;
}

/**
 * What the driver's Commands have created, with its specification and output. A Command without a delete sets more of
 * what another Command with the same owner has created.
 */
function created({ stack }: SiteState, noun: string): Created[] {
  const commands = ofType(stack.resources, "command:local:Command")
    .filter(({ inputs }) => driverVerb(inputs)?.startsWith(`${noun} `))
    .map(({ inputs, outputs }) => ({
      creates: inputs.delete !== undefined,
      spec: JSON.parse((inputs.environment as Record<string, string>).CANAL_FTP_SPEC) as Document,
      line: JSON.parse(String(outputs.stdout)) as Document,
    }));
  const settings = commands.filter(({ creates }) => !creates);
  return commands
    .filter(({ creates }) => creates)
    .map(({ spec, line }) => {
      const more = settings.filter((other) => other.spec.owner === spec.owner);
      return {
        spec: Object.assign({}, spec, ...more.map((other) => other.spec)) as Document,
        line,
      };
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

function tagged(items: readonly Document[], words: CliWords): Document[] {
  const [name, value] = [words.flag("tag-name"), words.flag("tag-value")];
  return items.filter(({ tags }) => name === "" || (tags as Document)[name] === value);
}
