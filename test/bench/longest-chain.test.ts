import assert from "node:assert/strict";

import { longestChain } from "../../bench/longest-chain";

const timings = (given: Record<string, [number, number]>) =>
  new Map(Object.entries(given).map(([urn, [start, end]]) => [urn, { start, end }]));

describe("longest chain of an up", () => {
  const resources = [
    { urn: "gateway", custom: true },
    { urn: "peering", custom: true, dependencies: ["gateway"] },
    { urn: "bucket", custom: true },
    { urn: "sims", custom: false, dependencies: ["peering"] },
    { urn: "group", custom: true, parent: "sims", dependencies: ["gateway"] },
  ];

  it("includes the dependencies of a part's component", () => {
    const { seconds, span } = longestChain(
      timings({
        gateway: [1000, 4000],
        peering: [4000, 5000],
        bucket: [1000, 1500],
        sims: [5000, 6000],
        group: [5000, 6000],
      }),
      resources,
    );
    assert.deepEqual({ seconds, span }, { seconds: 5, span: 5 });
  });

  it("shows an unnecessary wait", () => {
    const { seconds, span } = longestChain(
      timings({ gateway: [0, 3000], peering: [7000, 8000], bucket: [0, 500] }),
      resources,
    );
    assert.deepEqual({ seconds, span }, { seconds: 4, span: 8 });
  });

  it("a resource without dependencies waits only for its provider", () => {
    const [cloud, shell] = ["urn::cloud", "urn::shell"];
    const made = [
      { urn: cloud, custom: true },
      { urn: shell, custom: true },
      { urn: "server", custom: true, provider: `${cloud}::id-1` },
      { urn: "gateway", custom: true, provider: `${shell}::id-2` },
    ];
    const providers: Record<string, [number, number]> = { [cloud]: [0, 500], [shell]: [500, 1500] };
    const of = (gateway: [number, number]) =>
      longestChain(timings({ ...providers, server: [500, 3700], gateway }), made);
    // The longer of the two is done before the other, which could begin later.
    assert.deepEqual(of([1500, 4500]), { seconds: 3, span: 3 });
    assert.deepEqual(of([2500, 5500]), { seconds: 3, span: 4 });
  });
});
