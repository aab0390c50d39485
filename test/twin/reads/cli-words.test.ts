import assert from "node:assert/strict";

import { readWords } from "../../../twin/reads/cli-words";

describe("the words of a command line", () => {
  const words = readWords([
    ...["ec2", "describe-route-tables", "--region", "eu-west-1"],
    ...["--filters", "Name=vpc-id,Values=vpc-1", "Name=association.subnet-id,Values=a,b"],
    ...["--ids", "1", "2", "3", "--flag"],
  ]);

  it("name the operation", () => assert.equal(words.operation, "ec2 describe-route-tables"));

  it("give the value of a flag, or all of them; nothing of one that is not there", () => {
    assert.equal(words.flag("region"), "eu-west-1");
    assert.deepEqual(words.flags("ids"), ["1", "2", "3"]);
    assert.deepEqual([words.flags("flag"), words.flag("flag")], [[], ""]);
    assert.deepEqual([words.flags("none"), words.flag("none")], [[], ""]);
  });

  it("give the values of a filter; undefined for one that is not there", () => {
    assert.deepEqual(words.filter("association.subnet-id"), ["a", "b"]);
    assert.deepEqual(words.filter("vpc-id"), ["vpc-1"]);
    assert.equal(words.filter("route-table-id"), undefined);
    assert.equal(readWords(["sts", "get-caller-identity"]).filter("vpc-id"), undefined);
  });
});
