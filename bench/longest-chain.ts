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
}

interface Chain {
  readonly ms: number;
  /** When its first resource was begun. */
  readonly start: number;
}

/**
 * The longest chain of resources that wait for each other: how long its parts took one by one, and how long it
 * was from the start of its first to the end of everything, in seconds. The nearer the two are, the less waited
 * that need not. The start of the providers is before both: a second, which AWS's minutes would hide.
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
  const known = new Map<string, Chain>();
  const chainTo = (urn: string): Chain => {
    const before = known.get(urn);
    if (before) return before;
    const timing = timings.get(urn);
    // A component takes as long as its parts, which are counted by themselves.
    const own = byUrn.get(urn)?.custom && timing ? timing.end - timing.start : 0;
    const longest = waitsFor(urn)
      .map(chainTo)
      .reduce<Chain>((a, b) => (b.ms > a.ms ? b : a), { ms: 0, start: timing?.start ?? Infinity });
    const chain = { ms: own + longest.ms, start: longest.start };
    known.set(urn, chain);
    return chain;
  };
  const made = resources.filter(({ urn, custom }) => custom && timings.has(urn));
  const longest = made.map(({ urn }) => chainTo(urn)).reduce((a, b) => (b.ms > a.ms ? b : a));
  const end = Math.max(...made.map(({ urn }) => timings.get(urn)!.end));
  return { seconds: longest.ms / 1000, span: (end - longest.start) / 1000 };
}
