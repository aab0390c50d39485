import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { evaluateStack, root } from "../support/golden";
import { commandsOf, programs, shellLines, simpleCommands, wordsOf } from "./commands";
import { globalOptions, knownOptions, shortOptions } from "./known-options";
import { documents } from "./markdown";
import {
  canalFtpArguments,
  helpOf,
  optionsIn,
  parseError,
  scriptOf,
  scripts,
} from "./parse-command-line";

const commands = documents().flatMap(commandsOf);
const unique = (words: readonly (readonly string[])[]) => [
  ...new Map(words.map((each) => [each.join("\0"), each])).values(),
];
const of = (program: string) =>
  unique(commands.map(({ words }) => words).filter(([first]) => first === program));

/** Combined short options. */
const letters = (word: string) => [...word.slice(1)].map((letter) => `-${letter}`);

/** An option of another project's tool that is not in known-options.ts. */
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

  it("every line of a block of sh begins with a known program, or is the shell's", () => {
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

  it("npm: every script exists, and takes its options", async () => {
    const calls = commands.flatMap(({ words }) => {
      if (words[0] !== "npm") return [];
      const script = scriptOf(words);
      if (!script) assert.match(words[1], /^(ci|install|audit|version)$/, words.join(" "));
      return script ?? [];
    });
    assert.ok(calls.length > 10, `${calls.length} calls`);
    const missing = calls.filter(({ name }) => !(name in scripts)).map(({ name }) => name);
    assert.deepEqual(missing, []);
    const known = optionsIn(await helpOf("bench"));
    const given = calls
      .filter(({ name }) => name === "bench")
      .flatMap(({ args }) => args.filter((word) => word.startsWith("--")));
    assert.deepEqual(
      given.filter((option) => !known.includes(option)),
      [],
    );
  });

  it("canal-ftp: parses every command line", async () => {
    const found: string[] = [];
    let count = 0;
    for (const { file, words, whole } of commands) {
      const argv = canalFtpArguments(words);
      if (argv === undefined) continue;
      count++;
      // The README's example of a further stack.
      const error = await parseError(argv.map((word) => (word === "osaka" ? "prod" : word)));
      const isIncomplete = /missing required argument|argument missing|^Usage: canal-ftp /m;
      if (error === undefined || (!whole && isIncomplete.test(error))) continue;
      found.push(`${file}: ${words.join(" ")}: ${error}`);
    }
    assert.deepEqual(found, []);
    assert.ok(count > 50, `${count} command lines`);
  });

  it("canal-ftp: reports an unknown option, command and stack", async () => {
    assert.match((await parseError(["start", "--recrod", "x"])) ?? "", /--record/);
    assert.match((await parseError(["users", "ad", "x", "--twin"])) ?? "", /unknown command/);
    assert.match((await parseError(["sims", "attach", "--stack", "nowhere"])) ?? "", /nowhere/);
    assert.match((await parseError(["statsu"])) ?? "", /status/);
    assert.equal(await parseError(["verify", "--twin"]), undefined);
  });

  it("npx and scripts/: what they run exists", () => {
    for (const [, bin, ...args] of of("npx").filter(([, bin]) => bin !== "canal-ftp")) {
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
    it(`${program}: only known commands and options`, () => {
      assert.deepEqual(
        of(program)
          .map(unknownOption)
          .filter((each) => each !== undefined),
        [],
      );
    });
  }

  it("pulumi stack output: every output exists", async () => {
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

  it("reports an unknown command or option", () => {
    assert.match(unknownOption(["aws", "s3", "fix"]) ?? "", /s3 fix/);
    assert.match(unknownOption(["pulumi", "up", "-s", "dev", "--fast"]) ?? "", /--fast/);
    assert.equal(unknownOption(["pulumi", "up", "-s", "dev"]), undefined);
  });

  it("pulumi: its own help has the known options", function () {
    for (const [name, options] of Object.entries(knownOptions.pulumi)) {
      let help: string;
      try {
        help = execFileSync("pulumi", [...name.split(" "), "--help"], { encoding: "utf8" });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
        console.log("      pulumi is not on the PATH, so its help is not checked");
        return this.skip();
      }
      for (const option of options) assert.ok(help.includes(option), `pulumi ${name} ${option}`);
    }
  });
});
