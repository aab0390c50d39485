import assert from "node:assert/strict";

import { Mistakes } from "../../stacks/mistakes";
import { checkNames } from "../../stacks/stack-name";

const mistakes = (project: string, stack: string): string[] => {
  const found = new Mistakes();
  checkNames(project, stack, found);
  return found.lines;
};

describe("stacks/stack-name", () => {
  it("accepts names that every resource name can begin with", () => {
    assert.deepEqual(mistakes("canal-ftp", "dev"), []);
    assert.deepEqual(mistakes("osaka-factory-files", "production-2"), []);
  });

  it("rejects project and stack together beyond 32 characters, with the number", () => {
    assert.deepEqual(mistakes("osaka-factory-file-transfer", "production"), [
      'project and stack name: "osaka-factory-file-transfer-production" given; allowed: 32 characters at most for project and stack together, with 38 given: AWS limits the names that begin with them',
    ]);
    assert.deepEqual(mistakes("p".repeat(28), "dev"), []);
    assert.equal(mistakes("p".repeat(29), "dev").length, 1);
  });

  it("rejects characters that a bucket's name cannot have", () => {
    for (const project of ["Osaka", "osaka_ftp", "osaka.ftp", "1ftp"]) {
      assert.match(mistakes(project, "dev")[0], /^project name: .* Pulumi\.yaml$/);
    }
    assert.match(mistakes("ftp", "Osaka_1")[0], /^stack name: "Osaka_1" given; allowed: 1 to 20/);
  });
});
