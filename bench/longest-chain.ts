/** Start and end of a resource, in milliseconds of one clock. */
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
  /** The time at which its first resource can start. */
  readonly start: number;
}

/** The time at which the last part of a chain ends without other waits. */
const endOf = ({ start, ms }: Chain) => start + ms;
const later = (a: Chain, b: Chain) => (endOf(b) > endOf(a) ? b : a);

/**
 * The chain of dependent resources that ends last: the sum of the durations of its parts, and the time from the
 * possible start of its first part to the end of the update, in seconds. The smaller the difference, the less
 * unnecessary waiting. A resource can start when its provider has started. The engine starts providers one after the
 * other: these two seconds, which are negligible compared with AWS's minutes, are in neither figure.
 */
export function longestChain(
  timings: ReadonlyMap<string, Timing>,
  resources: readonly Resource[],
): { readonly seconds: number; readonly span: number } {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  // A part of a component also waits for the dependencies of the component.
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
    // The time of a component is that of its parts, which are counted separately.
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
