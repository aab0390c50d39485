import assert from "node:assert/strict";

import { userSalt } from "../../../components/internal/user-salt";

describe("components/internal/user-salt", () => {
  it("is 16 bytes, the same at every evaluation", () => {
    assert.equal(
      userSalt("canal-ftp/dev", "camera01").toString("hex"),
      "a2654719e1a7ce93899cf3538cb4cbcb",
    );
  });

  it("differs between owners and between users", () => {
    const salts = [
      userSalt("canal-ftp/dev", "camera01"),
      userSalt("canal-ftp/prod", "camera01"),
      userSalt("canal-ftp/dev", "camera02"),
    ].map((salt) => salt.toString("hex"));
    assert.equal(new Set(salts).size, 3);
  });
});
