import { isHashable } from "../../lambdas/identity-provider/password";
import { devicePassword, passwordWarnings } from "../../lib/device-credentials";
import type { CliContext } from "../core/context";
import { usageError } from "../core/errors";
import type { Output } from "../core/output";
import { PasswordFile } from "./password-file";

/** The options for the source and the destination of a new password. */
export interface PasswordOptions {
  readonly password?: string;
  readonly passwordStdin?: boolean;
  /** File for generated passwords. */
  readonly passwords?: string;
}

/** A new password, and its output. */
export interface NewPassword {
  readonly password: string;
  /** The password, when it was generated and is not written to a file. */
  readonly document: { readonly password?: string; readonly passwordsFile?: string };
  readonly lines: readonly string[];
}

/** Characters of the longest password that Transfer Family accepts. */
export const longestPassword = 1024;

/** @throws UserError when the options contradict each other. */
export function checkPasswordOptions(options: PasswordOptions): void {
  if (options.password !== undefined && options.passwordStdin) {
    throw usageError("--password and --password-stdin exclude each other: give one of them.");
  }
  if (hasOwnPassword(options) && options.passwords !== undefined) {
    throw usageError(
      "--passwords is the file for generated passwords: omit it when you give a password.",
    );
  }
}

/** Whether the command line gives the password. */
export function hasOwnPassword({ password, passwordStdin }: PasswordOptions): boolean {
  return password !== undefined || passwordStdin === true;
}

/** The password for a user: the given one, or a generated one, which is in its file, if any, on return. */
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
      "--password is visible in the process list and kept in the shell's history: use --password-stdin.",
    );
  }
  const given = password ?? (await context.input()).split(/\r?\n/)[0];
  if (!isHashable(given) || given.length > longestPassword) {
    throw usageError(`A password has 1 to ${longestPassword} characters, and no NUL at its end.`);
  }
  return given;
}
