import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { findProject } from "../../../cli/core/process-context";

describe("findProject", () => {
  it("returns the nearest folder with a Pulumi.yaml, upwards", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-project-"));
    try {
      const inner = path.join(folder, "a", "b");
      fs.mkdirSync(inner, { recursive: true });
      assert.equal(findProject(inner), undefined);
      fs.writeFileSync(path.join(folder, "Pulumi.yaml"), "name: canal-ftp\n");
      assert.equal(findProject(inner), folder);
      assert.equal(findProject(folder), folder);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
