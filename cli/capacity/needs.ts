import type { PriceList } from "../cost/prices";
import { hoursPerMonth } from "../../resources/cost-item";
import { refusedShare } from "./closed-form";
import { type Fleet, portsOfAddress } from "./fleet";

/** The share of refused transfers that is acceptable, because a retry succeeds. */
export const acceptableShare = 0.01;

/** Maximum number of source addresses that are considered. */
const maxAddresses = 10_000;

/** More ports, at a given spread. */
export interface MorePorts {
  /** Seconds over which the devices spread. */
  readonly spread: number;
  readonly addresses: number;
  /** VPGs with the fleet's number of addresses, or servers behind one VPG: each multiplies the ports. */
  readonly units: number;
  /** USD a month of so many servers; undefined without a price. The fees of VPGs are not in the price list. */
  readonly serversUsd: number | undefined;
}

/** What a fleet needs so that at most the acceptable share is refused. */
export interface Needs {
  /** Required spread in seconds with the present addresses; undefined: no spread is enough. */
  readonly spread: number | undefined;
  /** With the present spread; undefined: more addresses than are considered. */
  readonly now: MorePorts | undefined;
  /** With a spread over the whole interval. */
  readonly spreadOut: MorePorts | undefined;
}

/** Share of the time that the ports would be in use if every transfer were served; above 1 the transfers cannot fit. */
export function portUse({ devices, seconds, every, addresses }: Fleet): number {
  return (devices * seconds) / (every * portsOfAddress * addresses);
}

export function needsOf(fleet: Fleet, list: PriceList): Needs {
  return {
    spread: spreadNeeded(fleet),
    now: morePorts(fleet, list),
    spreadOut: morePorts({ ...fleet, spread: fleet.every }, list),
  };
}

function morePorts(fleet: Fleet, list: PriceList): MorePorts | undefined {
  const addresses = addressesNeeded(fleet);
  if (addresses === undefined) return undefined;
  const units = Math.ceil(addresses / fleet.addresses);
  const hourUsd = list.prices["transfer.hour"]?.usd ?? undefined;
  const serversUsd = hourUsd && units * hourUsd * hoursPerMonth;
  return { spread: fleet.spread, addresses, units, serversUsd };
}

const isEnough = (fleet: Fleet) => refusedShare(fleet) <= acceptableShare;

/** The shortest sufficient spread, in steps of a hundredth of the interval. */
function spreadNeeded(fleet: Fleet): number | undefined {
  const steps = Array.from({ length: 101 }, (_, step) => (step / 100) * fleet.every);
  return steps.find((spread) => isEnough({ ...fleet, spread }));
}

/** By bisection: more addresses never refuse more. */
function addressesNeeded(fleet: Fleet): number | undefined {
  let [tooFew, enough] = [0, maxAddresses];
  if (!isEnough({ ...fleet, addresses: enough })) return undefined;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough({ ...fleet, addresses: middle })) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
