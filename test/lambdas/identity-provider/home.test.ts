import assert from "node:assert/strict";
import {
  foldersOf,
  homeDirectoryDetails,
  mappingProblems,
} from "../../../lambdas/identity-provider/home";
import type { Mapping } from "../../../lambdas/identity-provider/stores/user-store";
import { rules, user } from "./support/fixtures";

const config: Mapping = { entry: "/config", target: "shared/config", access: "read-only" };

describe("Homes", () => {
  it("are everything that a user without mappings sees", async () => {
    const folders = foldersOf(await user("cam-1"), rules.space);
    assert.equal(
      homeDirectoryDetails(folders, "files-bucket"),
      '[{"Entry":"/","Target":"/files-bucket/users/cam-1"}]',
    );
  });

  it("move to /home next to other folders, since an entry / must be the only one", async () => {
    const folders = foldersOf(await user("cam-1", { mappings: [config] }), rules.space);
    assert.deepEqual(JSON.parse(homeDirectoryDetails(folders, "files-bucket")), [
      { Entry: "/home", Target: "/files-bucket/users/cam-1" },
      { Entry: "/config", Target: "/files-bucket/shared/config" },
    ]);
  });
});

describe("Mappings", () => {
  const problems = (...mappings: Partial<Mapping>[]) =>
    mappingProblems(
      mappings.map((mapping) => ({ ...config, ...mapping })),
      "shared",
    );

  it("into the shared prefix are sound", () => {
    assert.deepEqual(problems({}, { entry: "/firmware/v2", target: "shared/firmware/v2" }), []);
    assert.deepEqual(problems({ target: "shared" }), []);
  });

  it("with a target anywhere else are not", () => {
    for (const target of [
      "",
      "/",
      "users/cam-2",
      "shared2",
      "sharedx/y",
      "/shared/x",
      "shared/",
      "shared//x",
      "shared/../users",
      "shared/.",
      "shared/*",
      "shared/?",
      "shared/${aws:username}",
      "shared/ä",
      "other/shared/x",
      "shared/x\n",
      `shared/${"x".repeat(200)}`,
    ]) {
      assert.equal(problems({ target }).length, 1, JSON.stringify(target));
    }
  });

  it("with an entry that is no plain path are not", () => {
    for (const entry of [
      "",
      "/",
      "config",
      "/config/",
      "//config",
      "/a/../b",
      "/.",
      "/a b",
      "/a\nb",
    ]) {
      assert.equal(problems({ entry }).length, 1, JSON.stringify(entry));
    }
  });

  it("that overlap each other or the home are not", () => {
    for (const entry of ["/home", "/home/x", "/config", "/config/x"]) {
      assert.equal(problems({}, { entry }).length, 1, entry);
    }
    assert.equal(problems({ entry: "/a/b" }, { entry: "/a" }).length, 1);
    assert.deepEqual(problems({ entry: "/homes" }, { entry: "/configs" }), []);
  });
});
