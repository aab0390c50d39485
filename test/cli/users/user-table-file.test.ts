import assert from "node:assert/strict";

import { BadCsv } from "../../../cli/users/csv";
import { exportHeader, formatUserRow, readUserRows } from "../../../cli/users/user-table-file";

describe("users/user-table-file", () => {
  it("reads users with the given fields only", () => {
    const { rows, problems } = readUserRows(
      "name,access,until,from,mappings,enabled,password\n" +
        "cam-1\n" +
        'cam-2,read-only,2027-03-31,"100.64.0.0/16, 100.65.0.1",/config=shared/config,false," a,b"\n',
    );
    assert.deepEqual(problems, []);
    const given = ["enabled", "access", "validUntil", "allowedCidrs", "mappings"];
    const none = { password: undefined, hash: undefined };
    assert.deepEqual(rows[0], { line: 2, name: "cam-1", ...none, fields: {}, given });
    assert.deepEqual(rows[1], {
      line: 3,
      name: "cam-2",
      password: " a,b",
      hash: undefined,
      given,
      fields: {
        enabled: false,
        access: "read-only",
        validUntil: Date.UTC(2027, 2, 31) / 1000,
        allowedCidrs: ["100.64.0.0/16", "100.65.0.1/32"],
        mappings: [{ entry: "/config", target: "shared/config", access: "read-only" }],
      },
    });
  });

  it("reports every bad row with its line, and reads the others", () => {
    const { rows, problems } = readUserRows(
      "name,access\ncam-1,admin\ncam-2,read-only\ncam-2,\ncam-3,drop-box,x\n",
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      ["cam-2"],
    );
    assert.deepEqual(
      problems.map(({ line, name }) => [line, name]),
      [
        [2, "cam-1"],
        [4, "cam-2"],
        [5, "cam-3"],
      ],
    );
    assert.match(problems[1].reason, /on line 3 already/);
  });

  it("takes no column it does not know, as it would be a silent default", () => {
    for (const [text, message] of [
      ["name,acess\n", /"acess".*Did you mean access\?/],
      ["name,salt\n", /no column "salt"/],
      ["name,name\n", /twice/],
      ["access\n", /name is missing/],
      ["", /name is missing/],
    ] as const) {
      assert.throws(
        () => readUserRows(text),
        (error: Error) => error instanceof BadCsv && message.test(error.message),
        text,
      );
    }
  });

  it("never shows a password in a problem", () => {
    const { problems } = readUserRows("name,password,access\ncam-1,hunter2hunter2,admin\n");
    assert.equal(problems.length, 1);
    assert.doesNotMatch(JSON.stringify(problems), /hunter2/);
  });

  it("reads back what it writes, without password and hash", () => {
    const user = {
      name: "cam-1",
      passwordHashes: ["$scrypt$secret"],
      enabled: false,
      access: "drop-box" as const,
      allowedCidrs: ["100.64.0.0/16"],
      mappings: [],
    };
    const text = exportHeader + formatUserRow(user);
    assert.doesNotMatch(text, /password|scrypt/);
    const { rows } = readUserRows(text);
    assert.deepEqual(rows[0].fields, {
      enabled: false,
      access: "drop-box",
      allowedCidrs: ["100.64.0.0/16"],
    });
  });
});
