import assert from "node:assert/strict";

import { codeSpans, readDocument } from "./markdown";
import { runScript } from "./parse-with-tool";

/** Options that a help text lists, `--stack` and the like. */
const optionsOf = (help: string) =>
  [...help.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)]
    .map(([, option]) => option)
    .filter((option) => option !== "--help");

/** Documents that are to name every option of a command. */
const named: readonly [string, string][] = [
  ["docs/twin.md", "start"],
  ["docs/twin.md", "picture"],
  ["docs/performance.md", "bench"],
];

describe("options of commands", function () {
  this.timeout(60_000);

  for (const [file, script] of named) {
    it(`${file}: names every one of npm ${script === "start" ? "" : "run "}${script}`, async () => {
      const { stdout } = await runScript(script, ["--help"]);
      const options = optionsOf(stdout);
      assert.ok(options.length >= 4, stdout);
      const document = readDocument(file);
      const text = [...codeSpans(document), ...document.blocks.flatMap(({ lines }) => lines)].join(
        "\n",
      );
      const missing = options.filter((option) => !new RegExp(`${option}(?![\\w-])`).test(text));
      assert.deepEqual(missing, []);
    });
  }

  it("are found in a help text, those without a short form and those with one", () => {
    const help = "Options:\n  --stack <name>  not --this\n  -f, --file     x\n  -h, --help  y\n";
    assert.deepEqual(optionsOf(help), ["--stack", "--file"]);
  });
});
