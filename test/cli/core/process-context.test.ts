import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { findProject } from "../../../cli/core/process-context";

describe("findProject", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-project-"));
  const inner = path.join(folder, "deployments", "notes");
  fs.mkdirSync(inner, { recursive: true });
  after(() => fs.rmSync(folder, { recursive: true }));
  const addProject = (at: string) => fs.writeFileSync(path.join(at, "Pulumi.yaml"), "name: x\n");

  it("returns the nearest folder with a Pulumi.yaml, upwards", () => {
    assert.equal(findProject(inner), undefined);
    addProject(folder);
    assert.equal(findProject(inner), folder);
    assert.equal(findProject(folder), folder);
    addProject(path.dirname(inner));
    assert.equal(findProject(inner), path.dirname(inner));
  });

  it("prefers a folder with stacks to a project inside it", () => {
    fs.mkdirSync(path.join(folder, "stacks"));
    assert.equal(findProject(inner), folder);
  });
});
