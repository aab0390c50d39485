import assert from "node:assert/strict";

import { Mistakes } from "../../stacks/mistakes";
import { readValues, refuseUnknownKeys } from "../../stacks/read-values";
import { ownDefaults } from "../support/stack-values";

function read(changes: Record<string, string>) {
  const mistakes = new Mistakes();
  return { values: readValues({ ...ownDefaults(), base: "dev", ...changes }, mistakes), mistakes };
}

describe("stacks/read-values", () => {
  it("leaves out what is wrong and keeps the rest, typed", () => {
    const { values, mistakes } = read({
      availabilityZones: "9",
      dashboard: "false",
      oldVersionDays: "40",
    });
    assert.ok(!("availabilityZones" in values));
    assert.equal(values.dashboard, false);
    assert.equal(values.oldVersionDays, 40);
    assert.equal(mistakes.lines.length, 1);
  });

  it("shows a text as given, an item of a list by itself, an object as a whole", () => {
    const { mistakes } = read({
      scryptLn: "x",
      alarmEmails: '["a@b.example","ops",7]',
      existingVpc: '{"vpcId":"vpc-1","zone":"a"}',
    });
    const vpc =
      '{"vpcId":"vpc-1","zone":"a"} given; allowed: nothing, or vpcId, cidr, 1 to 3 subnet';
    const expected = [
      `canal-ftp:existingVpc: ${vpc}Ids, and every route table of those subnets in routeTableIds`,
      'canal-ftp:scryptLn: "x" given; allowed: a whole number from 12 to 16',
      'canal-ftp:alarmEmails: "ops" given; allowed: an e-mail address such as ops@example.com',
      "canal-ftp:alarmEmails: 7 given; allowed: an e-mail address such as ops@example.com",
    ];
    assert.deepEqual(mistakes.lines, expected);
  });

  it("shows nothing of a list of users but a name", () => {
    const texts = [
      '[{"name":"cam","password":7}]',
      '{"password":"hunter2"}',
      "hunter2",
      '["hunter2"]',
    ];
    for (const users of texts) assert.doesNotMatch(read({ users }).mistakes.lines[0], /hunter2|7/);
    assert.match(read({ users: texts[0] }).mistakes.lines[0], /users: \{"name":"cam"\} given/);
  });

  it("counts both mistakes of one user", () => {
    const { lines } = read({ users: '[{"name":"a"}]' }).mistakes;
    assert.match(lines.join("\n"), /a name has 3 to 100.*\n.*a password of 1 to 1,024/);
  });

  for (const [key, value] of [
    ["alarmEmails", '{"0":"a@b.example"}'],
    ["existingVpc", "[]"],
    ["existingVpc", "null"],
    ["existingVpc", '"vpc-1"'],
    ["existingVpc", "{"],
    ["users", "{}"],
  ]) {
    it(`refuses ${value} for ${key}`, () => {
      assert.match(read({ [key]: value }).mistakes.lines[0], /allowed: (a list|an object)$/);
    });
  }

  it("reads nothing given as an empty list, no VPC and no name", () => {
    const { values, mistakes } = read({ simIds: "", users: "", existingVpc: "", bucketName: "" });
    assert.deepEqual(mistakes.lines, []);
    assert.deepEqual(
      [values.simIds, values.users, values.existingVpc, values.bucketName],
      [[], [], undefined, undefined],
    );
  });

  it("names the nearest key for an unknown one, and all keys where none is near", () => {
    const mistakes = new Mistakes();
    refuseUnknownKeys(["base", "bucketname", "somethingQuiteDifferent", "port"], mistakes);
    assert.match(
      mistakes.lines[0],
      /^canal-ftp:bucketname: .*did you mean canal-ftp:bucketName\?$/,
    );
    assert.match(mistakes.lines[1], /no such key; keys are base, vpcCidr, /);
    assert.match(mistakes.lines[2], /AWS fixes the ports at 21 and 8192-8200$/);
    assert.equal(mistakes.lines.length, 3);
  });
});
