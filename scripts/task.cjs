/**
 * The npm scripts that run tools made by others (mocha, tsc, eslint, prettier, typedoc), so that these explain
 * themselves with --help as the project's own commands do, and no help starts work.
 *
 *     node scripts/task.cjs <task> [arguments]
 */
const { spawnSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const path = require("node:path");

const { Command } = require("commander");

const root = path.join(__dirname, "..");

/** What a tool is run as: a package's `bin`, and its arguments. */
const step = (bin, ...args) => ({ bin, args });

/** `passes`: the tool that takes what follows `--`, in place of `specs` where files are named. */
const tasks = {
  test: {
    sentence: "Runs every test; what this machine cannot run is skipped and counted as skipped.",
    passes: "mocha",
    specs: ["test/**/*.test.ts"],
    examples: ["npm test", "npm test -- test/lib/ipv4.test.ts", "npm test -- --grep lockout"],
  },
  fuzz: {
    sentence: "Says 10,000 random dialogues to the twin. FUZZ_SEED chooses which.",
    passes: "mocha",
    specs: ["test/twin/ftp/fuzz.test.ts"],
    examples: ["npm run fuzz", "FUZZ_SEED=7 npm run fuzz"],
  },
  check: {
    sentence: "Looks at types, lint and format; changes nothing.",
    steps: [
      step("tsc"),
      step("eslint", ".", "--max-warnings", "0"),
      step("prettier", "--check", "--log-level", "warn", "."),
    ],
    examples: ["npm run check"],
  },
  format: {
    sentence: "Writes every file in the project's format.",
    steps: [step("prettier", "--write", "--log-level", "warn", ".")],
    examples: ["npm run format"],
  },
  "api-docs": {
    sentence: "Writes the components' documentation to api-docs/. Undocumented exports are errors.",
    steps: [step("typedoc")],
    examples: ["npm run api-docs"],
  },
};

/** Runs a tool of node_modules with this terminal; ends with its exit code when it fails. */
function run({ bin, args }) {
  const home = path.join(root, "node_modules", packageOf(bin));
  const bins = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8")).bin;
  const file = path.join(home, typeof bins === "string" ? bins : bins[bin]);
  const { status, signal } = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? (signal === "SIGINT" ? 130 : 1));
}

const packageOf = (bin) => (bin === "tsc" ? "typescript" : bin);

/** Mocha's own options go to mocha; files that are named stand in for all of them. */
function mochaArgs(specs, given) {
  const namesFiles = given.some((each) => /\.[cm]?[jt]s$/.test(each));
  return namesFiles ? given : [...given, ...specs];
}

const [name, ...given] = process.argv.slice(2);
const task = tasks[name];
if (task === undefined) {
  process.stderr.write(`There is no task ${name}: one of ${Object.keys(tasks).join(", ")}.\n`);
  process.exit(2);
}
const program = new Command(name === "test" ? "npm test --" : `npm run ${name} --`)
  .description(task.sentence)
  .addHelpText("after", `\nExamples:\n${task.examples.map((line) => `  ${line}`).join("\n")}`);
if (task.passes !== undefined) {
  program.allowUnknownOption().argument(`[${task.passes}...]`, `arguments for ${task.passes}`);
}
program.allowExcessArguments(false).parse(given, { from: "user" });
const steps = task.steps ?? [step(task.passes, ...mochaArgs(task.specs, given))];
steps.forEach(run);
