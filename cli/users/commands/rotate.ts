import { DamagedItem, fromItem } from "../../../lambdas/identity-provider/stores/user-record";
import { usageError } from "../../core/errors";
import { UserStateError } from "../errors";
import { readNames } from "../names-file";
import { addPasswordOptions } from "../options";
import {
  checkPasswordOptions,
  hasOwnPassword,
  newPassword,
  type PasswordOptions,
} from "../password-source";
import { hashOf } from "../records";
import {
  forEachUser,
  noSuchUser,
  type UserResult,
  type Session,
  type SubcommandRegistry,
} from "../subcommand";

interface RotateOptions extends PasswordOptions {
  readonly file?: string;
  readonly finish: boolean;
  readonly cancel: boolean;
}

/** `rotate NAME...`: adds a second password, until `--finish` removes the first. */
export function registerRotate({ add, run }: SubcommandRegistry): void {
  const command = add("rotate")
    .description("Give users a second password. Both work until --finish removes the first.")
    .argument("[names...]")
    .option("--file <file>", "more names: one on each line, or a CSV with a column name")
    .option("--finish", "remove the first password, when the devices have the second", false)
    .option("--cancel", "remove the second password", false);
  addPasswordOptions(command);

  run<[string[]], RotateOptions>(command, async (session, options, given) => {
    session.site.requireUsersInTable();
    const fromFile = options.file === undefined ? [] : readNames(options.file);
    const names = [...new Set([...given, ...fromFile])];
    if (names.length === 0) throw usageError("Name the users, or a file of names with --file.");
    checkPasswordOptions(options);
    const own = hasOwnPassword(options);
    if (options.finish && options.cancel)
      throw usageError("--finish and --cancel exclude each other: give one of them.");
    if ((options.finish || options.cancel) && (own || options.passwords !== undefined)) {
      throw usageError("--finish and --cancel take no option for a new password.");
    }
    if (own && names.length > 1)
      throw usageError(
        "A given password is for one user; for several users, passwords are generated.",
      );
    const isBegun = !options.finish && !options.cancel;
    if (isBegun && names.length > 1 && options.passwords === undefined) {
      throw usageError(
        "Name a file for the new passwords of several users with --passwords FILE: passwords that are only printed are lost when the command is interrupted.",
      );
    }
    return forEachUser(names, session, (name) => {
      session.site.requireDevice(name);
      if (options.finish) return removeHash(name, 0, session);
      if (options.cancel) return removeHash(name, 1, session);
      return begin(name, options, session);
    });
  });
}

async function begin(name: string, options: RotateOptions, session: Session): Promise<UserResult> {
  const { site, output, context } = session;
  const hashes = await hashesOf(name, session);
  if (hashes.length > 1) {
    throw new UserStateError(
      "rotation-in-progress",
      `${name} has two passwords already: rotate --finish or --cancel first.`,
    );
  }
  const made = await newPassword(name, options, context, output);
  const added = await hashOf(made.password, site);
  if (!(await site.table.replaceHashes(name, hashes, [...hashes, added]))) throw changed(name);
  return {
    document: { passwords: 2, ...made.document },
    lines: [`${name} has a second password; the first works until rotate --finish.`, ...made.lines],
  };
}

async function removeHash(name: string, index: number, session: Session): Promise<UserResult> {
  const hashes = await hashesOf(name, session);
  if (hashes.length < 2) {
    throw new UserStateError(
      "no-rotation",
      `${name} has only one password: there is none to remove.`,
    );
  }
  const kept = hashes.filter((_, other) => other !== index);
  if (!(await session.site.table.replaceHashes(name, hashes, kept))) throw changed(name);
  const which = index === 0 ? "the first is removed" : "the second is removed";
  return { document: { passwords: 1 }, lines: [`${name} has one password again: ${which}.`] };
}

async function hashesOf(name: string, { site }: Session): Promise<readonly string[]> {
  const item = await site.table.item(name);
  if (!item) throw noSuchUser(name, site);
  try {
    return fromItem(item).passwordHashes;
  } catch (error) {
    if (!(error instanceof DamagedItem)) throw error;
    throw new UserStateError(
      "damaged-record",
      `The record of ${name} is damaged: remove it and add it again.`,
    );
  }
}

/** A login can upgrade a hash, and another process can change the user. */
function changed(name: string): Error {
  return new UserStateError(
    "changed-meanwhile",
    `${name} was changed at the same time: try again.`,
  );
}
