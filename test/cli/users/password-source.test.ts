import assert from "node:assert/strict";
import * as fs from "node:fs";

import { Output } from "../../../cli/core/output";
import {
  checkPasswordOptions,
  longestPassword,
  newPassword,
  type PasswordOptions,
} from "../../../cli/users/password-source";
import { cliContext } from "../../support/cli-context";
import { temporaryFolder } from "./support";

async function create(options: PasswordOptions, input = "") {
  let printed = "";
  const context = cliContext({
    input: () => Promise.resolve(input),
    error: (text) => void (printed += text),
  });
  return { ...(await newPassword("cam", options, context, new Output(context, false))), printed };
}

describe("checkPasswordOptions", () => {
  it("refuses two sources, and a file for a password that is given", () => {
    const wrong: PasswordOptions[] = [
      { password: "", passwordStdin: true },
      { password: "x", passwords: "file" },
      { passwordStdin: true, passwords: "file" },
    ];
    for (const options of wrong) {
      assert.throws(() => checkPasswordOptions(options), { exitCode: 2 }, JSON.stringify(options));
    }
    for (const options of [{}, { passwords: "file" }, { passwordStdin: true }, { password: "x" }]) {
      checkPasswordOptions(options);
    }
  });
});

describe("newPassword", () => {
  const long = "correct-horse-battery-staple";

  it("generates another password each time, and shows it once", async () => {
    const [first, second] = [await create({}), await create({})];
    assert.notEqual(first.password, second.password);
    assert.deepEqual(first.document, { password: first.password });
    assert.match(first.lines.join(), new RegExp(`password {2}${first.password} .*shown once`));
  });

  it("writes a generated password to the file only", async () => {
    const folder = temporaryFolder();
    try {
      const passwords = folder.path("passwords.csv");
      const { password, document, lines, printed } = await create({ passwords });
      assert.ok(fs.readFileSync(passwords, "utf8").includes(password));
      assert.deepEqual(document, { passwordsFile: passwords });
      assert.ok(!`${lines.join()}${printed}`.includes(password));
    } finally {
      folder.remove();
    }
  });

  it("reads the first line of standard input, blanks included, and prints nothing of it", async () => {
    const given = await create({ passwordStdin: true }, ` ${long} \r\nsecond line\n`);
    assert.equal(given.password, ` ${long} `);
    assert.deepEqual([given.document, given.lines], [{}, []]);
    assert.ok(!given.printed.includes(long));
  });

  it("warns of a password on the command line, where others can read it", async () => {
    const { password, printed } = await create({ password: long });
    assert.equal(password, long);
    assert.match(printed, /^Warning: --password is visible .*use --password-stdin\.$/m);
    assert.ok(!printed.includes(long));
  });

  for (const [what, input] of [
    ["an empty one", "\n"],
    ["one that is too long", "x".repeat(longestPassword + 1)],
    ["one with NUL at its end", "x\0"],
  ]) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(create({ passwordStdin: true }, input), { exitCode: 2 });
    });
  }

  it("accepts the longest", async () => {
    const { password } = await create({ passwordStdin: true }, "x".repeat(longestPassword));
    assert.equal(password.length, longestPassword);
  });
});
