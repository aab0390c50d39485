import assert from "node:assert/strict";

import { type IdentityAnswer, locate, type Mapping, mappingsOf } from "../../lib/home-mappings";

const logical = (details: unknown): IdentityAnswer => ({
  role: "arn:role",
  homeDirectoryType: "LOGICAL",
  homeDirectoryDetails: typeof details === "string" ? details : JSON.stringify(details),
});

describe("home mappings", () => {
  it("reads a LOGICAL home with the user's name filled in", () => {
    const details = [{ Entry: "/", Target: "/files/users/${transfer:UserName}" }];
    assert.deepEqual(mappingsOf(logical(details), "cam"), [
      { entry: "/", bucket: "files", prefix: "users/cam" },
    ]);
  });

  it("reads a PATH home", () => {
    const answer = { role: "r", homeDirectoryType: "PATH" as const, homeDirectory: "/files/a/b" };
    assert.deepEqual(mappingsOf(answer, "cam"), [{ entry: "/", bucket: "files", prefix: "a/b" }]);
  });

  const refused: [string, unknown, RegExp][] = [
    ["no JSON", "{", /not JSON/],
    ["no list", {}, /not a list/],
    ["an empty list", [], /not a list/],
    ["a target without a slash", [{ Entry: "/", Target: "files/x" }], /not \/bucket/],
    ["a target with a slash at its end", [{ Entry: "/", Target: "/files/x/" }], /not \/bucket/],
    ["an entry with a slash at its end", [{ Entry: "/a/", Target: "/files" }], /start and not end/],
    [
      "a root among others",
      [
        { Entry: "/", Target: "/files" },
        { Entry: "/a", Target: "/files" },
      ],
      /only mapping/,
    ],
  ];
  for (const [what, details, message] of refused) {
    it(`refuses ${what}`, () => assert.throws(() => mappingsOf(logical(details), "cam"), message));
  }

  const two: Mapping[] = [
    { entry: "/home", bucket: "files", prefix: "users/cam" },
    { entry: "/site/config", bucket: "files", prefix: "shared/config" },
  ];
  const places: [string, unknown][] = [
    ["/", { kind: "virtual", names: ["home", "site"] }],
    ["/site", { kind: "virtual", names: ["config"] }],
    ["/home", { kind: "key", bucket: "files", key: "users/cam" }],
    ["/home/a/b", { kind: "key", bucket: "files", key: "users/cam/a/b" }],
    ["/site/config/x", { kind: "key", bucket: "files", key: "shared/config/x" }],
    ["/homes", { kind: "nowhere" }],
    ["/other/home", { kind: "nowhere" }],
  ];
  for (const [path, place] of places) {
    it(`finds ${path}`, () => assert.deepEqual(locate(two, path), place));
  }
});
