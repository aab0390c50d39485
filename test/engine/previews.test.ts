import assert from "node:assert/strict";

import { comparePreviews, openForChanges } from "./compare-previews";
import { forgottenSettings, settingChanges, startingConfig } from "./setting-changes";
import { patience, skipWithoutEngine, type Workplace } from "./workplace";

describe("changes of settings", () => {
  it("are known for every setting (npm run bench -- previews makes all of them)", () => {
    assert.deepEqual(forgottenSettings(), []);
  });
});

describe("previews, with the engine", function () {
  let place: Workplace;
  const changes = settingChanges.filter(({ reachesCommands }) => reachesCommands);
  this.timeout(patience * changes.length);

  before(async function () {
    skipWithoutEngine(this);
    place = await openForChanges(startingConfig);
  });

  after(() => place?.close());

  for (const change of changes) {
    it(`announce what the update does: ${change.key} ${change.set[change.key]}`, async () => {
      const [{ preview, differences }] = await comparePreviews(place, [change]);
      assert.deepEqual(differences, []);
      assert.ok(preview.length > 0, "nothing changed");
    });
  }
});
