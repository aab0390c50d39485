import { countCalls, interrupt, openSite } from "./interrupts";
import { patience, skipWithoutEngine, type Workplace } from "./workplace";

/** Some moments of each signal; `npm run bench -- interrupts` has twenty of each, and prints them. */
describe("an up that is interrupted by a signal, with the engine", function () {
  this.timeout(2 * patience);
  let place: Workplace;
  let calls: number;

  before(async function () {
    skipWithoutEngine(this);
    place = await openSite();
    calls = await countCalls(place);
  });

  after(() => place?.close());

  for (const [signal, share, next] of [
    ["SIGINT", 0.1, "destroy"],
    ["SIGTERM", 0.5, "destroy"],
    ["SIGINT", 0.8, "up"],
  ] as const) {
    const so = next === "up" ? "exactly one of each" : "nothing left";
    it(`${signal} at ${share * 100} % of the calls, then ${next}: ${so}`, async () => {
      await interrupt(place, { signal, at: Math.floor(share * calls), next });
    });
  }
});
