import { replies } from "../replies";
import { FileRefusal } from "../service";
import type { Session } from "../session";
import { orRefusal } from "./command";
import { store } from "./store";
import { dataCommand } from "./transfer";

/** The name STOU gives to a file without one (Apache FtpServer 1.2.1). */
const defaultName = "ftp.dat";

/** STOU stores under a free name, which the 150 and the 226 contain. */
export const stou = dataCommand(async (session, argument) => {
  if (!session.data.announced) {
    return session.reply(replies.passiveFirst);
  }
  const path = await orRefusal(uniquePath(session, argument));
  if (path instanceof FileRefusal) {
    return session.refuse(path.message, replies.uniqueNameError, path.code);
  }
  try {
    await store(session, path, {
      opening: replies.openingUnique(path),
      complete: replies.uniqueComplete(path),
      denied: replies.uniqueDenied,
      outputError: replies.uniqueOutputError,
    });
  } finally {
    session.context.promised.delete(session.home.locate(path));
  }
});

/** A path that is free and not reserved by another session; it is reserved for this session. */
async function uniquePath(session: Session, argument = defaultName): Promise<string> {
  const asked = session.resolve(argument);
  const found = await session.home.stat(asked);
  const wanted =
    found?.type === "directory" ? session.resolve(`${argument}/${defaultName}`) : asked;
  let path = wanted;
  for (let time = session.context.clock.now().getTime(); !(await promise(session, path)); time++) {
    path = `${wanted}.${time}`;
  }
  return path;
}

/**
 * Reserves the path for the session if no other session has it. The reservation precedes the check: otherwise another
 * session could store a file in between.
 */
async function promise(session: Session, path: string): Promise<boolean> {
  const { promised } = session.context;
  const location = session.home.locate(path);
  if (promised.has(location)) return false;
  promised.add(location);
  let isFree = false;
  try {
    isFree = (await session.home.stat(path)) === undefined;
    return isFree;
  } finally {
    if (!isFree) promised.delete(location);
  }
}
