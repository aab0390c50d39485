/** What AWS reports about the zones of an account, and about the subnets that a network has in them. */
export interface ZonesFound {
  /** Availability Zones, by name, without Local and Wavelength Zones. */
  readonly offered: readonly string[];
  /** The zone of each of the network's subnets, in their order; undefined where there is no subnet. */
  readonly kept: readonly (string | undefined)[];
}

/** Zones that an account does not have, that cannot be recognised, or that a running stack cannot move to. */
export class ZonesError extends Error {}

/** The most zones that a network has subnets in. */
export const maxZones = 3;

/** The names of a region's own zones, sorted: those of Local and Wavelength Zones are longer. */
export function availabilityZones(names: readonly string[], region: string): string[] {
  return names
    .filter((name) => name.length === region.length + 1 && name.startsWith(region))
    .sort();
}

/**
 * The zones by name if the request has names, else those that are kept, with the first others for the rest.
 *
 * @throws ZonesError when the account does not have them, or a subnet would have to move
 */
export function zonesFor(
  { region, count, names = [] }: { region: string; count: number; names?: readonly string[] },
  { offered, kept }: ZonesFound,
): string[] {
  const list = offered.join(", ");
  if (names.length > 0) {
    const unknown = names.filter((name) => !offered.includes(name) && !kept.includes(name));
    if (unknown.length > 0) {
      throw new ZonesError(
        `The account has no zone ${unknown.join(", ")} in ${region}: name ${list} instead.`,
      );
    }
    const moved = names.some((name, i) => kept[i] !== undefined && kept[i] !== name);
    if (!moved) return [...names];
    throw new ZonesError(
      `The stack's subnets are in ${kept.filter(Boolean).join(", ")}, and a subnet cannot move to another zone: AWS refuses its block a second time while the first subnet exists. Name these zones, in this order and further ones behind them, or deploy another stack with the other zones.`,
    );
  }
  const free = offered.filter((zone) => !kept.includes(zone));
  const zones = [...Array(count).keys()].flatMap((i) => kept[i] ?? free.shift() ?? []);
  if (zones.length === count) return zones;
  throw new ZonesError(`${count} zones are requested, and the account has ${list} in ${region}.`);
}

/** Name of the network's n-th subnet, counted from 1, as awsx calls it and tags it. */
export function subnetName(network: string, number: number): string {
  return `${network}-vpc-ftp-${number}`;
}
