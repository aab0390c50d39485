import { DamagedItem, fromItem } from "../../../lambdas/identity-provider/stores/user-record";
import { usageError } from "../../core/errors";
import { UserStateError } from "../errors";
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
  readonly finish: boolean;
  readonly cancel: boolean;
}

/** `rotate NAME...`: a second password beside the first, until `--finish` drops the first. */
export function registerRotate({ add, run }: SubcommandRegistry): void {
  const command = add("rotate")
    .description(
      "Give users a second password beside the first: both work until --finish drops the first.",
    )
    .argument("<names...>")
    .option("--finish", "drop the first password: the devices have the second", false)
    .option("--cancel", "drop the second password: the first stays", false);
  addPasswordOptions(command);

  run<[string[]], RotateOptions>(command, async (session, options, names) => {
    session.site.requireUsersInTable();
    checkPasswordOptions(options);
    const own = hasOwnPassword(options);
    if (options.finish && options.cancel) throw usageError("--finish or --cancel, not both.");
    if ((options.finish || options.cancel) && (own || options.passwords !== undefined)) {
      throw usageError("--finish and --cancel make no password.");
    }
    if (own && names.length > 1)
      throw usageError("A password of your own is for one user at a time.");
    return forEachUser(names, session, (name) => {
      session.site.requireDevice(name);
      if (options.finish) return drop(name, 0, session);
      if (options.cancel) return drop(name, 1, session);
      return begin(name, options, session);
    });
  });
}

async function begin(name: string, options: RotateOptions, session: Session): Promise<UserResult> {
  const { site, output, context } = session;
  const hashes = await hashesOf(name, session);
  if (hashes.length > 1) {
    throw new UserStateError(
      "rotation-under-way",
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

async function drop(name: string, dropped: number, session: Session): Promise<UserResult> {
  const hashes = await hashesOf(name, session);
  if (hashes.length < 2) {
    throw new UserStateError(
      "no-rotation",
      `${name} has only one password: there is nothing to drop.`,
    );
  }
  const kept = hashes.filter((_, index) => index !== dropped);
  if (!(await session.site.table.replaceHashes(name, hashes, kept))) throw changed(name);
  const which = dropped === 0 ? "the first is dropped" : "the second is dropped";
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

/** A login may have renewed a hash at this moment, or a colleague is at work. */
function changed(name: string): Error {
  return new UserStateError("changed-meanwhile", `${name} was changed at this moment: try again.`);
}
