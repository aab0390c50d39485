import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Command } from "commander";

import { port } from "../../twin/number-options";
import { readPassword } from "../../twin/player/password";
import { differenceLines, differences } from "./compare";
import { startReference } from "./reference";
import { conformanceSuite } from "./suite";
import { transcribe } from "./transcript";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly stack: string;
}

/** Plays the suite against a server and a twin of the same stack, and prints where they differ. */
async function main(): Promise<void> {
  const command = new Command("npm run conformance --")
    .description(
      "Plays the dialogue suite against a real server and prints where it answers other than the twin. " +
        "The password is read from FTP_PASSWORD, or asked for. What is stored is removed again.",
    )
    .option("--host <name>", "host of the server; has to be given")
    .option("--port <number>", "control port", port, 21)
    .option(
      "--user <name>",
      "user to log in as; has to be given, and to have the right to write and delete",
    )
    .option("--stack <name>", "stack the twin evaluates", "dev")
    .addHelpText(
      "after",
      "\nExample:\n  FTP_PASSWORD=… npm run conformance -- --host 10.0.1.10 --user camera01",
    );
  command.parse();
  const options = command.opts<Options>();
  // Not by commander's own means, which would complain of this before it sees a misspelt option.
  if (!options.host || !options.user) {
    command.error("Say which server is meant, and whose login: --host NAME --user NAME.");
  }
  const password = await readPassword(options.user);
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-conformance-"));
  const twin = await startReference({ ...options, password, data });
  let differing = 0;
  try {
    for (const dialogue of conformanceSuite) {
      const expected = await transcribe(twin.target, dialogue);
      const actual = await transcribe({ ...options, password }, dialogue);
      const found = differences(expected, actual);
      const open = dialogue.question === undefined ? "" : ` (open: ${dialogue.question})`;
      console.log(`${found.length === 0 ? "same   " : "differs"} ${dialogue.name}${open}`);
      found.flatMap(differenceLines).forEach((line) => console.log(line));
      differing += Number(found.length > 0);
    }
  } finally {
    await twin.close();
    fs.rmSync(data, { recursive: true, force: true });
  }
  console.log(
    `${conformanceSuite.length - differing} of ${conformanceSuite.length} dialogues are the same`,
  );
  process.exitCode = differing === 0 ? 0 : 1;
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
