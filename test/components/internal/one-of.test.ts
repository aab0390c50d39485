import assert from "node:assert/strict";

import { oneOf } from "../../../components/internal/one-of";

describe("components/internal/oneOf", () => {
  it("returns a text that is allowed", () => {
    assert.equal(oneOf("type", "lambda", ["apiGateway", "lambda"]), "lambda");
  });

  it("throws with what was given and what is allowed", () => {
    assert.throws(
      () => oneOf("type of site", "http", ["apiGateway", "lambda"]),
      /^Error: type of site is "http"; allowed: apiGateway or lambda\.$/,
    );
  });
});
