import { formatTable } from "../core/table";
import { refusedShare } from "./closed-form";
import { type Fleet, portsOfAddress } from "./fleet";
import { acceptableShare, type MorePorts, type Needs, portUse } from "./needs";
import type { Simulated } from "./simulation";

export interface CapacityFindings {
  readonly fleet: Fleet;
  readonly simulated: Simulated;
  readonly needs: Needs;
}

/** The findings as a document for programs. */
export function capacityDocument({ fleet, simulated, needs }: CapacityFindings) {
  return {
    fleet,
    ports: fleet.addresses * portsOfAddress,
    portUse: portUse(fleet),
    refused: { calculated: refusedShare(fleet), simulated: simulated.refused },
    atOnce: { wanted: simulated.maxWanted, served: simulated.maxServed },
    acceptableShare,
    needs,
  };
}

/** The findings as lines for people. */
export function capacityLines(findings: CapacityFindings): string[] {
  const { fleet, simulated, needs } = findings;
  const { ports } = capacityDocument(findings);
  const use = portUse(fleet);
  const rows = [
    ["ports", `${ports} (${portsOfAddress} for each of ${fleet.addresses} source addresses)`],
    [
      "transfers at a time, at most",
      `${simulated.maxWanted} wanted, ${simulated.maxServed} served`,
    ],
    ["refused with 425 at the first attempt", percent(refusedShare(fleet))],
    ["the same, simulated", percent(simulated.refused)],
    ["use of the ports if every transfer were served", percent(use)],
  ];
  const target = `at most ${percent(acceptableShare)} refused`;
  const remedies = [
    [
      "spread alone",
      needs.spread === undefined ? "none is enough" : `over ${duration(needs.spread)}`,
    ],
    ["more ports alone", portsText(needs.now)],
    [`spread over ${duration(fleet.every)}, and more ports`, portsText(needs.spreadOut)],
    ["Type-F2 VPG", "each device has its own address, and so its own ports"],
  ];
  return [
    ...formatTable(["fleet", fleetText(fleet)], rows)
      .trimEnd()
      .split("\n"),
    "",
    ...formatTable(["remedy", `for ${target}`], remedies)
      .trimEnd()
      .split("\n"),
    "",
    use > 1
      ? "The ports have less time than the transfers need: neither a spread nor retries are enough. Add addresses, or shorten the transfers."
      : "Devices that retry after a random wait succeed: the ports have enough time for all transfers.",
    "SORACOM bills the setup and the hours of a VPG; see its price list.",
    "The assumptions are in docs/capacity.md. Nine ports for one source address are reported by operators; AWS does not document it.",
  ];
}

function portsText(more: MorePorts | undefined): string {
  if (more === undefined) return "more source addresses than are considered";
  const { addresses, units, serversUsd } = more;
  const cost = serversUsd === undefined ? "" : ` (servers: USD ${Math.round(serversUsd)} a month)`;
  return `${addresses} source addresses: ${units} VPGs, or ${units} servers${cost}`;
}

function fleetText({ devices, every, seconds, spread }: Fleet): string {
  const when = spread === 0 ? "all at the same time" : `within ${duration(spread)}`;
  return `${devices} devices every ${duration(every)}, ${duration(seconds)} each, ${when}`;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Seconds as the largest unit that gives a short number. */
export function duration(seconds: number): string {
  const rounded = (value: number) => String(Math.round(value * 10) / 10);
  if (seconds >= 7200) return `${rounded(seconds / 3600)} h`;
  return seconds >= 120 ? `${rounded(seconds / 60)} min` : `${rounded(seconds)} s`;
}
