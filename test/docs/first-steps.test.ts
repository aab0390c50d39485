import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/golden";
import { isInstalled, runClient } from "../support/run-client";
import { startTwinProcess, TwinProcess } from "../support/twin-process";
import { commandsOf } from "./commands";
import { readDocument } from "./markdown";

/** What follows a prompt in the document's dialogue with an FTP client. */
const typed = (file: string) =>
  readDocument(file)
    .blocks.flatMap(({ lines }) => lines)
    .flatMap((line) => /^ftp> (.+)$/.exec(line)?.[1] ?? []);

for (const file of ["README.md", "README.ja.md"]) {
  describe(`the first steps of ${file}`, function () {
    this.timeout(60_000);
    let twin: TwinProcess;
    let stored: string;

    beforeEach(async () => {
      twin = await startTwinProcess([]);
      stored = path.join(twin.ready.files, "users", twin.ready.users[0].name, "README.md");
    });
    afterEach(() => twin.stop());

    /** The arguments as they are printed, with this twin's port and password in place of the usual ones. */
    function argumentsOf(program: string): string[] {
      const line = commandsOf(readDocument(file)).find(({ words }) => words[0] === program);
      assert.ok(line, `${file} has no ${program} line`);
      const [user] = twin.ready.users;
      return line.words.slice(1).map((word) =>
        word
          .replace(/(?<=:|^)2121\b/, String(twin.ready.ftp.port))
          // Clients start in the project's folder, wherever the tests were started.
          .replace(/^README\.md$/, path.join(root, "README.md"))
          .replace(/^myuser:PASSWORD$/, `${user.name}:${user.password}`),
      );
    }

    const isStored = () =>
      assert.ok(fs.readFileSync(stored).equals(fs.readFileSync(path.join(root, "README.md"))));

    it("the curl line stores the file", async function () {
      if (!isInstalled("curl")) {
        console.log("      curl is not installed");
        this.skip();
      }
      const { code, output } = await runClient("curl", argumentsOf("curl"));
      assert.equal(code, 0, output);
      isStored();
    });

    it("the ftp line and its dialogue store the file and list it", async function () {
      if (!isInstalled("tnftp")) {
        console.log("      tnftp is not installed");
        this.skip();
      }
      const lines = typed(file);
      assert.deepEqual(lines, ["binary", "put README.md", "ls", "bye"]);
      const [{ name, password }] = twin.ready.users;
      // Without a terminal it would not ask: the answers come as a command.
      const input = [`user ${name} ${password}`, `lcd ${root}`, ...lines].join("\n");
      const { output } = await runClient("tnftp", ["-n", ...argumentsOf("ftp")], `${input}\n`);
      isStored();
      assert.match(output, /^-rw-------.* README\.md\r?$/m);
    });
  });
}
