import assert from "node:assert/strict";
import * as path from "node:path";

import { twinFolder } from "../../../cli/core/twin-folder";

describe("core/twin-folder", () => {
  it("is below the program's folder, from any working directory", () => {
    assert.equal(twinFolder("/program", "dev"), path.join("/program", ".twin", "dev"));
  });

  it("is the given folder, relative to the working directory", () => {
    assert.equal(twinFolder("/program", "dev", "data"), path.resolve("data"));
  });
});
