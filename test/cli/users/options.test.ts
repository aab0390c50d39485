import assert from "node:assert/strict";
import { Command } from "commander";

import {
  addFieldOptions,
  addPasswordOptions,
  fieldsOf,
  pastProblem,
  type FieldOptions,
} from "../../../cli/users/options";

const until = Date.parse("2027-03-31T00:00:00Z") / 1000;

/** The fields of a command line, at a time before `until`. */
function fields(argv: readonly string[], now = until - 1) {
  const command = addFieldOptions(new Command()).exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  return fieldsOf(command.parse(argv, { from: "user" }).opts<FieldOptions>(), now);
}

describe("addFieldOptions", () => {
  it("gives no field that no option names", () => {
    assert.deepEqual(fields([]), {});
    assert.deepEqual(fields(["--force"]), {});
  });

  it("reads each field", () => {
    assert.deepEqual(
      fields([
        ...["--access", "drop-box", "--until", "2027-03-31", "--note", "north"],
        ...["--from", "100.64.0.0/16", "--from", "10.0.0.1", "--map", "/a=shared/a"],
      ]),
      {
        ...{ access: "drop-box", validUntil: until, note: "north" },
        allowedCidrs: ["100.64.0.0/16", "10.0.0.1/32"],
        mappings: [{ entry: "/a", target: "shared/a", access: "read-only" }],
      },
    );
  });

  it("takes fields back to their defaults", () => {
    const back = ["--until", "none", "--from", "default", "--mapping", "none", "--note", ""];
    const taken = fields(back);
    assert.deepEqual(taken, {
      ...{ validUntil: undefined, allowedCidrs: undefined, mappings: [], note: undefined },
    });
    // A key with undefined is removed from the record; a missing key stays.
    assert.deepEqual(Object.keys(taken), ["validUntil", "allowedCidrs", "mappings", "note"]);
  });

  it("separates nowhere from the stack's range, and lets a block follow the word", () => {
    assert.deepEqual(fields(["--from", "nowhere"]), { allowedCidrs: [] });
    assert.deepEqual(fields(["--from", "default", "--from", "10.0.0.1"]), {
      allowedCidrs: ["10.0.0.1/32"],
    });
  });

  it("refuses wrong values as commander reports them", () => {
    for (const argv of [
      ["--access", "all"],
      ["--until", "2027-02-31"],
      ["--from", "10.0.0.256"],
    ]) {
      assert.throws(() => fields(argv), { code: "commander.invalidArgument" }, argv.join(" "));
    }
  });

  it("refuses an end in the past, and accepts it with --force", () => {
    const argv = ["--until", "2027-03-31"];
    assert.throws(() => fields(argv, until), { exitCode: 2, message: /in the past.* --force\.$/ });
    assert.deepEqual(fields([...argv, "--force"], until), { validUntil: until });
  });
});

describe("pastProblem", () => {
  it("is none for an end after now", () => {
    assert.equal(pastProblem(11, 10), undefined);
    assert.match(pastProblem(10, 10) ?? "", /in the past/);
  });
});

describe("addPasswordOptions", () => {
  it("separates the file of passwords from a password", () => {
    const command = addPasswordOptions(new Command());
    command.parse(["--passwords", "file", "--password-stdin"], { from: "user" });
    assert.deepEqual(command.opts(), { passwords: "file", passwordStdin: true });
  });
});
