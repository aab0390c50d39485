/** When a resource was begun and was done, in milliseconds of one clock. */
export interface Timing {
  readonly start: number;
  end: number;
}

interface Resource {
  readonly urn: string;
  readonly dependencies?: readonly string[];
  readonly parent?: string;
  readonly custom?: boolean;
  /** URN and id of its provider, as the engine's state has them. */
  readonly provider?: string;
}

interface Chain {
  readonly ms: number;
  /** When its first resource could begin. */
  readonly start: number;
}

/** When the last part of a chain is done if nothing else is waited for. */
const endOf = ({ start, ms }: Chain) => start + ms;
const later = (a: Chain, b: Chain) => (endOf(b) > endOf(a) ? b : a);

/**
 * The chain of resources that wait for each other which is done last: how long its parts took one by one, and how
 * long it was from when its first could begin to the end of everything, in seconds. The nearer the two are, the less
 * waited that need not. A resource can begin when its provider has started. The engine starts one after the other:
 * two seconds, which AWS's minutes would hide, and which are before both.
 */
export function longestChain(
  timings: ReadonlyMap<string, Timing>,
  resources: readonly Resource[],
): { readonly seconds: number; readonly span: number } {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  // A part of a component waits for whatever the component waits for.
  const waitsFor = (urn: string): readonly string[] => {
    const { dependencies = [], parent } = byUrn.get(urn) ?? {};
    return parent ? [...dependencies, ...waitsFor(parent)] : dependencies;
  };
  const startOf = (urn: string): number => {
    const provider = byUrn.get(urn)?.provider?.replace(/::[^:]*$/, "") ?? "";
    return timings.get(provider)?.end ?? timings.get(urn)?.start ?? 0;
  };
  const known = new Map<string, Chain>();
  const chainTo = (urn: string): Chain => {
    const found = known.get(urn);
    if (found) return found;
    const timing = timings.get(urn);
    // A component takes as long as its parts, which are counted by themselves.
    const own = byUrn.get(urn)?.custom && timing ? timing.end - timing.start : 0;
    const before = waitsFor(urn).map(chainTo);
    const longest = before.length > 0 ? before.reduce(later) : { ms: 0, start: startOf(urn) };
    const chain = { ms: own + longest.ms, start: longest.start };
    known.set(urn, chain);
    return chain;
  };
  const made = resources.filter(({ urn, custom }) => custom && timings.has(urn));
  const longest = made.map(({ urn }) => chainTo(urn)).reduce(later);
  const end = Math.max(...made.map(({ urn }) => timings.get(urn)!.end));
  return { seconds: longest.ms / 1000, span: (end - longest.start) / 1000 };
}
