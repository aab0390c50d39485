import { devicePassword, passwordWarnings } from "../../lib/device-credentials";
import type { CliContext } from "../core/context";
import { usageError } from "../core/errors";
import type { Output } from "../core/output";
import { PasswordFile } from "./password-file";

/** Where a new password comes from and goes to, as the command line says. */
export interface PasswordOptions {
  readonly password?: string;
  readonly passwordStdin?: boolean;
  /** File for generated passwords. */
  readonly passwords?: string;
}

/** A new password, and how its owner gets to know it. */
export interface NewPassword {
  readonly password: string;
  /** What is told: the password itself when it was made up and goes into no file. */
  readonly document: { readonly password?: string; readonly passwordsFile?: string };
  readonly lines: readonly string[];
}

/** Characters of the longest password Transfer Family takes. */
const longest = 1024;

/** Throws when the options contradict each other, which is to be known before anything is looked at. */
export function checkPasswordOptions(options: PasswordOptions): void {
  if (options.password !== undefined && options.passwordStdin) {
    throw usageError("--password or --password-stdin, not both.");
  }
  if (hasOwnPassword(options) && options.passwords !== undefined) {
    throw usageError("--passwords is for passwords that are made up: yours you have.");
  }
}

/** Whether the password is the user's own. */
export function hasOwnPassword({ password, passwordStdin }: PasswordOptions): boolean {
  return password !== undefined || passwordStdin === true;
}

/**
 * The password for a user: made up, or the user's own. One that is made up is in its file, where there is one, when
 * this returns.
 */
export async function newPassword(
  name: string,
  options: PasswordOptions,
  context: CliContext,
  output: Output,
): Promise<NewPassword> {
  const own = await ownPassword(options, context, output);
  if (own !== undefined) {
    for (const warning of passwordWarnings(name, own)) output.warn(warning);
    return { password: own, document: {}, lines: [] };
  }
  const password = devicePassword();
  if (options.passwords === undefined) {
    const shown = `  password  ${password}   (shown once; only its hash is kept)`;
    return { password, document: { password }, lines: [shown] };
  }
  const file = PasswordFile.open(options.passwords);
  file.add(name, password);
  file.close();
  return {
    password,
    document: { passwordsFile: options.passwords },
    lines: [`  password  in ${options.passwords}`],
  };
}

async function ownPassword(
  options: PasswordOptions,
  context: CliContext,
  output: Output,
): Promise<string | undefined> {
  if (!hasOwnPassword(options)) return undefined;
  const { password } = options;
  if (password !== undefined) {
    output.warn(
      "--password is seen by everybody who lists processes, and kept in the shell's history.",
    );
  }
  const given = password ?? (await context.input()).split(/\r?\n/)[0];
  if (given.length < 1 || given.length > longest) {
    throw usageError(`A password has 1 to ${longest} characters.`);
  }
  return given;
}
