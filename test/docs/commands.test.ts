import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { evaluateStack, root } from "../support/golden";
import { commandsOf, programs, shellLines, simpleCommands, wordsOf } from "./commands";
import { globalOptions, knownOptions, shortOptions } from "./known-options";
import { documents } from "./markdown";
import { complaint, each, scriptOf, scripts } from "./parse-with-tool";

const commands = documents().flatMap(commandsOf);
const unique = (words: readonly (readonly string[])[]) => [
  ...new Map(words.map((each) => [each.join("\0"), each])).values(),
];
const of = (program: string) =>
  unique(commands.map(({ words }) => words).filter(([first]) => first === program));

/** Short options that were written together. */
const letters = (word: string) => [...word.slice(1)].map((letter) => `-${letter}`);

/** What is wrong with a command of a tool of others, as far as its options go. */
function unknownOption([program, ...words]: readonly string[]): string | undefined {
  const known = knownOptions[program];
  const own = words.filter((word) => !word.startsWith("-"));
  const name = [3, 2, 1, 0]
    .map((count) => own.slice(0, count).join(" "))
    .find((each) => each in known);
  if (name === undefined) return `${program} ${own.slice(0, 2).join(" ")}: not in known-options.ts`;
  const given = words
    .filter((word) => /^--?[a-zA-Z]/.test(word))
    .flatMap((word) => (/^-[a-zA-Z]{2,}$/.test(word) ? letters(word) : word.split("=")[0]));
  const unknown = given.find(
    (option) =>
      ![...known[name], ...(globalOptions[program] ?? [])].includes(
        shortOptions[program]?.[option] ?? option,
      ),
  );
  return unknown && `${program} ${name} ${unknown}: not in known-options.ts`;
}

describe("commands of the documents", function () {
  this.timeout(240_000);

  it("are found in blocks, in text, behind pipes and inside $(…)", () => {
    assert.ok(commands.length > 80, `${commands.length} commands`);
    assert.deepEqual(
      simpleCommands(`X=1 aws s3 ls "s3://$(pulumi stack output b)/" | npm ci # so`),
      [
        ["pulumi", "stack", "output", "b"],
        ["aws", "s3", "ls", "s3://$(pulumi stack output b)/"],
        ["npm", "ci"],
      ],
    );
    assert.deepEqual(wordsOf(`a 'b c' "d \${e}" f\\ g`), ["a", "b c", "d ${e}", "f g"]);
  });

  it("every line of a block of sh begins with a program that is looked at here, or is the shell's", () => {
    const shell =
      /^(\w+=|\[|\]|\(|\)|\{|\}|(for|do|done|if|then|fi|while|sha256sum|umask|rm|mkdir|echo|printf|jq|cat)\b)/;
    const strange = documents().flatMap((document) =>
      shellLines(document)
        .filter((line) => !shell.test(line) && !line.startsWith("scripts/"))
        .filter((line) => !(programs as readonly string[]).includes(line.split(/\s/)[0]))
        .map((line) => `${document.file}: ${line}`),
    );
    assert.deepEqual(strange, []);
  });

  it("npm: every script is there, and takes its options", async () => {
    const calls = commands.flatMap(({ file, words, whole }) => {
      if (words[0] !== "npm") return [];
      const script = scriptOf(words);
      if (script === undefined) assert.match(words[1], /^(ci|install|audit)$/, words.join(" "));
      return script === undefined ? [] : [{ ...script, file, whole }];
    });
    assert.ok(calls.length > 30, `${calls.length} calls`);
    const missing = calls.filter(({ name }) => !(name in scripts)).map(({ name }) => name);
    assert.deepEqual(missing, []);
    const asked = calls.filter(({ args }) => args.length > 0 && !args.includes("--help"));
    const once = new Map(asked.map((call) => [JSON.stringify([call.name, call.args]), call]));
    const found = await each([...once.values()], async ({ file, name, args, whole }) => {
      // README.md's name of a further stack, whose file a reader has yet to write.
      const said = await complaint(
        name,
        args.map((word) => (word === "osaka" ? "prod" : word)),
      );
      const unfinished = /missing required argument|argument missing|Say which /;
      if (said === undefined || (!whole && unfinished.test(said))) return [];
      return [`${file}: npm run ${name} -- ${args.join(" ")}: ${said}`];
    });
    assert.deepEqual(found.flat(), []);
  });

  it("npm: an option, a command and a stack that are not there are told", async () => {
    assert.match((await complaint("start", ["--recrod", "x"])) ?? "", /--record/);
    assert.match((await complaint("users", ["ad", "x", "--twin"])) ?? "", /unknown command/);
    assert.match((await complaint("sims", ["attach", "--stack", "nowhere"])) ?? "", /nowhere/);
    assert.match((await complaint("canal", ["doctor"])) ?? "", /not a command/);
    assert.equal(await complaint("verify", ["--twin"]), undefined);
  });

  it("npx and scripts/: what they run is there", () => {
    for (const [, bin, ...args] of of("npx")) {
      assert.ok(fs.existsSync(path.join(root, "node_modules", ".bin", bin)), bin);
      for (const arg of args.filter((each) => each.includes("/"))) {
        // Of a pattern, the folder.
        const place = arg.includes("*") ? path.dirname(arg) : arg;
        assert.ok(fs.existsSync(path.join(root, place)), arg);
      }
    }
    for (const { words } of commands.filter(({ words }) => words[0].startsWith("scripts/"))) {
      assert.ok(fs.existsSync(path.join(root, words[0])), words[0]);
    }
  });

  for (const program of Object.keys(knownOptions)) {
    it(`${program}: only commands and options that it is known to have`, () => {
      assert.deepEqual(
        of(program)
          .map(unknownOption)
          .filter((each) => each !== undefined),
        [],
      );
    });
  }

  it("pulumi stack output: every output that is asked for is there", async () => {
    const named = { "canal-ftp:deviceName": "ftp.plant.internal" };
    const { outputs } = await evaluateStack("prod", named);
    const deployments = JSON.parse(
      fs.readFileSync(path.join(root, "test", "golden", "deployments.json"), "utf8"),
    ) as { outputs: Record<string, unknown> };
    const known = [...Object.keys(outputs), ...Object.keys(deployments.outputs)];
    const asked = of("pulumi")
      .filter((words) => words[1] === "stack" && words[2] === "output")
      .flatMap((words) => words[3] ?? []);
    assert.ok(asked.length > 10, asked.join(" "));
    assert.deepEqual(
      asked.filter((output) => !output.startsWith("-") && !known.includes(output)),
      [],
    );
  });

  it("a command or option that is not known is told", () => {
    assert.match(unknownOption(["aws", "s3", "mend"]) ?? "", /s3 mend/);
    assert.match(unknownOption(["pulumi", "up", "-s", "dev", "--fast"]) ?? "", /--fast/);
    assert.equal(unknownOption(["pulumi", "up", "-s", "dev"]), undefined);
  });

  it("pulumi: its own help has the options that are taken for known", function () {
    for (const [name, options] of Object.entries(knownOptions.pulumi)) {
      let help: string;
      try {
        help = execFileSync("pulumi", [...name.split(" "), "--help"], { encoding: "utf8" });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
        console.log("      pulumi is not on the PATH: its help is not looked at");
        return this.skip();
      }
      for (const option of options) assert.ok(help.includes(option), `pulumi ${name} ${option}`);
    }
  });
});
