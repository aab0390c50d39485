import type { ChangeKind, FileOperation } from "../events";
import { replies } from "../replies";
import { FileRefusal, type Entry, type RefusalCode } from "../service";
import type { Session } from "../session";

/** One FTP command: reads and changes the session, and replies. A rejection is answered 550. */
export type Command = (session: Session, argument: string | undefined) => Promise<void>;

/** A command that needs an argument; without one it is a syntax error. */
export function withArgument(run: (session: Session, argument: string) => Promise<void>): Command {
  return async (session, argument) =>
    argument === undefined ? session.reply(replies.syntaxError) : run(session, argument);
}

/** A command that needs a path, which it gets absolute. */
export function withPath(run: (session: Session, path: string) => Promise<void>): Command {
  return withArgument((session, argument) => run(session, session.resolve(argument)));
}

/** A command that replies OK for every argument. */
export function always(reply: string): Command {
  return (session) => session.reply(reply);
}

/** A command's reply to each refusal. */
export type RefusalReplies = { readonly otherwise: string } & {
  readonly [code in RefusalCode]?: string;
};

/** A change of files and folders: its kind and path. */
export interface Change {
  readonly kind: ChangeKind;
  readonly path: string;
  /** Of a rename. */
  readonly newPath?: string;
}

/** Waits for a file operation and replies `done`, or the command's reply to the refusal. */
export async function answer(
  session: Session,
  { kind, path, newPath }: Change,
  operation: Promise<void>,
  done: string,
  refusals: RefusalReplies,
): Promise<void> {
  const { operation: change, ...file } = session.operation(kind, path, newPath);
  try {
    await operation;
  } catch (error) {
    const failed = { operation: change, ...file };
    // For a disk failure, the device receives the reply of a failed operation.
    return error instanceof FileRefusal
      ? refuse(session, error, refusals, failed)
      : session.refuse((error as Error).message, refusals.otherwise, undefined, failed);
  }
  session.emit({ kind: "change", change: kind, path, ...file });
  await session.reply(done);
}

export async function refuse(
  session: Session,
  refusal: FileRefusal,
  refusals: RefusalReplies,
  file?: FileOperation,
): Promise<void> {
  const reply = refusals[refusal.code] ?? refusals.otherwise;
  await session.refuse(refusal.message, reply, refusal.code, file);
}

/** The entry at a path. Without one that the user may see, replies `missing` and returns undefined. */
export async function entryOr(
  session: Session,
  path: string,
  missing: string,
): Promise<Entry | undefined> {
  const entry = await orRefusal(session.home.stat(path));
  if (entry instanceof FileRefusal) {
    await session.refuse(entry.message, missing, entry.code);
    return undefined;
  }
  if (entry === undefined) {
    await session.reply(missing);
  }
  return entry;
}

/** The result of a file operation, or its refusal; other errors are thrown. */
export async function orRefusal<T>(operation: Promise<T>): Promise<T | FileRefusal> {
  return operation.catch((error: unknown) => {
    if (error instanceof FileRefusal) {
      return error;
    }
    throw error;
  });
}
