import assert from "node:assert/strict";

import { toUserError, usageError } from "../../../cli/core/errors";
import { DriverError } from "../../../soracom/errors";

describe("toUserError", () => {
  it("keeps a UserError, and the message of an expected error", () => {
    const error = usageError("Give a stack.");
    assert.equal(toUserError(error), error);
    assert.deepEqual([error.exitCode, error.code], [2, "usage"]);
    const { message, exitCode } = toUserError(new DriverError("There is no soracom CLI."));
    assert.deepEqual([message, exitCode], ["There is no soracom CLI.", 1]);
    assert.equal(toUserError("text").message, "text");
  });

  it("shows the stack trace of a fault of the program only", () => {
    assert.doesNotMatch(toUserError(new Error("no such file")).message, /\n {4}at /);
    for (const Fault of [TypeError, RangeError, ReferenceError]) {
      assert.match(toUserError(new Fault("x is not a function")).message, /\n {4}at /);
    }
  });
});
