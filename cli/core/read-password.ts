import * as readline from "node:readline";

import { usageError } from "./errors";

/**
 * The password of an FTP user, from FTP_PASSWORD or a prompt that does not echo it. Not from the command line, which
 * other users of the machine can read.
 *
 * @throws UserError without FTP_PASSWORD and terminal
 */
export async function readPassword(user: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { FTP_PASSWORD } = env;
  if (FTP_PASSWORD !== undefined) return FTP_PASSWORD;
  if (!process.stdin.isTTY) {
    throw usageError(
      `Set FTP_PASSWORD to the password of ${user}, or run the command in a terminal.`,
    );
  }
  process.stderr.write(`Password of ${user}: `);
  const muted = readline.createInterface({ input: process.stdin, terminal: true });
  const password = await new Promise<string>((resolve) => muted.once("line", resolve));
  muted.close();
  process.stderr.write("\n");
  return password;
}
