import assert from "node:assert/strict";
import { tagChanges, wantedTags } from "../../soracom/tags";

describe("soracom/tags", () => {
  it("does not let a spec replace name or owner", () => {
    const tags = { name: "other", "canal-ftp-owner": "other", team: "field" };
    assert.deepEqual(wantedTags({ owner: "canal-ftp/dev/a", name: "site", tags }), {
      name: "site",
      "canal-ftp-owner": "canal-ftp/dev/a",
      team: "field",
    });
  });

  it("sets what differs, removes what it set before, and leaves the tags of others", () => {
    const live = { name: "old", team: "field", theirs: "stays", gone: "x" };
    assert.deepEqual(tagChanges({ name: "new", team: "field" }, live, ["name", "gone", "never"]), {
      put: { name: "new" },
      remove: ["gone"],
    });
  });
});
