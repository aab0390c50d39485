import assert from "node:assert/strict";

import { codeSpans, readDocument } from "./markdown";
import { helpOf, optionsIn } from "./parse-command-line";

/** Documents that name every option of a command. */
const documented: readonly [file: string, command: string][] = [
  ["docs/twin.md", "start"],
  ["docs/twin.md", "picture"],
  ["docs/performance.md", "bench"],
];

describe("options of commands", function () {
  this.timeout(60_000);

  for (const [file, command] of documented) {
    it(`${file} names every option of ${command}`, async () => {
      const help = await helpOf(command);
      const options = optionsIn(help);
      assert.ok(options.length >= 4, help);
      const document = readDocument(file);
      const text = [...codeSpans(document), ...document.blocks.flatMap(({ lines }) => lines)].join(
        "\n",
      );
      const missing = options.filter((option) => !new RegExp(`${option}(?![\\w-])`).test(text));
      assert.deepEqual(missing, []);
    });
  }

  it("are found in a help text with and without a short form", () => {
    const help = "Options:\n  --stack <name>  not --this\n  -f, --file     x\n  -h, --help  y\n";
    assert.deepEqual(optionsIn(help), ["--stack", "--file"]);
  });
});
