import { devicesOfAddresses, type Fleet, portsOfAddress } from "./fleet";

/** Transfers that are simulated at least; fewer make the share uncertain by more than a percent. */
const minTransfers = 40_000;

/** What happened in the simulated intervals. */
export interface Simulated {
  /** Share of transfers that were refused. */
  readonly refused: number;
  /** The most concurrent transfers, and the most that were requested. */
  readonly maxServed: number;
  readonly maxWanted: number;
}

/** Simulates intervals of a fleet, device by device. The same fleet gives the same result. */
export function simulate(fleet: Fleet): Simulated {
  const random = randomNumbers(1);
  const rounds = Math.max(3, Math.ceil(minTransfers / Math.max(1, fleet.devices)));
  const starts = startsOf(fleet, rounds, random);
  let refused = 0;
  const served: number[] = [];
  for (const group of starts) {
    const busy: number[] = [];
    for (const start of group) {
      while (busy.length > 0 && busy[0] <= start) busy.shift();
      if (busy.length < portsOfAddress) {
        busy.push(start + fleet.seconds);
        served.push(start);
      } else refused++;
    }
  }
  const all = starts.flat();
  return {
    refused: all.length === 0 ? 0 : refused / all.length,
    maxServed: maxAtOnce(served, fleet.seconds),
    maxWanted: maxAtOnce(all, fleet.seconds),
  };
}

/** When the devices of each source address begin, in order, over all rounds. */
function startsOf(fleet: Fleet, rounds: number, random: () => number): number[][] {
  return devicesOfAddresses(fleet).map((count) => {
    const starts: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (let device = 0; device < count; device++) {
        starts.push(round * fleet.every + random() * fleet.spread);
      }
    }
    return starts.sort((a, b) => a - b);
  });
}

/** The most transfers of this length at the same time. */
function maxAtOnce(starts: readonly number[], seconds: number): number {
  const sorted = [...starts].sort((a, b) => a - b);
  let most = 0;
  let ended = 0;
  for (const [index, start] of sorted.entries()) {
    while (sorted[ended] + seconds <= start) ended++;
    most = Math.max(most, index - ended + 1);
  }
  return most;
}

/** Random numbers from 0 to just below 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
