import * as readline from "node:readline";

/**
 * The password of the FTP user: from FTP_PASSWORD, or asked for at a terminal without being shown. Never from
 * the command line, which other users of the machine can read.
 */
export async function readPassword(user: string): Promise<string> {
  const { FTP_PASSWORD } = process.env;
  if (FTP_PASSWORD !== undefined) return FTP_PASSWORD;
  if (!process.stdin.isTTY) {
    throw new Error(`Set FTP_PASSWORD to the password of ${user}, or run this at a terminal.`);
  }
  process.stderr.write(`Password of ${user}: `);
  const muted = readline.createInterface({ input: process.stdin, terminal: true });
  const password = await new Promise<string>((resolve) => muted.once("line", resolve));
  muted.close();
  process.stderr.write("\n");
  return password;
}
