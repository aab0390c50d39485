import { devicesOfAddresses, type Fleet, portsOfAddress } from "./fleet";

/** Load above which the ports fill in waves when the devices begin within the duration of a few transfers. */
const waves = { load: 20, transfers: 20 };

/**
 * The share of transfers that are refused at the first attempt, by arithmetic. The assumptions are those of
 * docs/capacity.md: devices begin independently of each other, and a refused device does not retry.
 */
export function refusedShare(fleet: Fleet): number {
  const { devices } = fleet;
  const groups = new Map<number, number>();
  for (const count of devicesOfAddresses(fleet)) groups.set(count, (groups.get(count) ?? 0) + 1);
  let served = 0;
  for (const [count, addresses] of groups) served += addresses * servedOf(count, fleet);
  return devices === 0 ? 0 : Math.max(0, 1 - served / devices);
}

/** Transfers of one source address that are served in an interval. */
function servedOf(count: number, { seconds, spread, every }: Fleet): number {
  // No port is free a second time while devices begin.
  if (spread <= seconds) return Math.min(count, portsOfAddress);
  const load = (count * seconds) / spread;
  if (load >= waves.load && spread < waves.transfers * seconds) {
    return Math.min(count, servedInWaves(count, seconds, spread));
  }
  const steady = 1 - erlangB(portsOfAddress, load);
  // Transfers of the previous interval are still in progress: the ports are never all free.
  if (spread + seconds > every) return count * steady;
  const first = expectedMinimum(portsOfAddress, count, seconds / spread);
  return Math.min(count, first + count * (1 - seconds / spread) * steady);
}

/**
 * Erlang's loss formula: the share of calls that find all lines in use. The distribution of their length is
 * irrelevant.
 */
export function erlangB(lines: number, load: number): number {
  let blocked = 1;
  for (let line = 1; line <= lines; line++) blocked = (load * blocked) / (line + load * blocked);
  return blocked;
}

/** The expected smaller one of `most` and of the devices that begin within this share of the spread. */
function expectedMinimum(most: number, count: number, share: number): number {
  let probability = (1 - share) ** count;
  let expected = 0;
  let below = 0;
  for (let begun = 0; begun < most && begun <= count; begun++) {
    expected += begun * probability;
    below += probability;
    probability *= ((count - begun) / (begun + 1)) * (share / (1 - share));
  }
  return expected + most * (1 - below);
}

/**
 * Under overload the next device uses each port as soon as it is free: the port that the i-th device took begins its
 * (k + 1)-th transfer after k times the length and the arrival of i + k devices.
 */
function servedInWaves(count: number, seconds: number, spread: number): number {
  const gap = spread / count;
  let served = 0;
  for (let port = 1; port <= portsOfAddress; port++) {
    for (let before = 0; ; before++) {
      const mean = port * gap + before * (seconds + gap);
      const deviation = gap * Math.sqrt(port + before);
      const probability = normal((spread - mean) / deviation);
      if (probability < 1e-6) break;
      served += probability;
    }
  }
  return served;
}

/** The normal distribution, by Abramowitz and Stegun's approximation 26.2.17 (error below 1e-7). */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const coefficients = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = coefficients.reduceRight((rest, coefficient) => (rest + coefficient) * t, 0);
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum;
  return x >= 0 ? 1 - tail : tail;
}
