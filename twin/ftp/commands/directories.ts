import { resolvePath } from "../path";
import { replies } from "../replies";
import { answer, entryOr, withPath, type Command } from "./command";

export const pwd: Command = (session) => session.reply(replies.workingDirectory(session.folder));

/** CWD; without a path it changes to the home folder. */
export const cwd: Command = async (session, argument) => {
  const path = argument === undefined ? "/" : session.resolve(argument);
  const entry = await entryOr(session, path, replies.noSuchDirectory);
  if (entry?.type === "directory") {
    session.folder = path;
    await session.reply(replies.changedDirectory(path));
  } else if (entry !== undefined) {
    await session.reply(replies.noSuchDirectory);
  }
};

export const cdup: Command = async (session) => {
  session.folder = resolvePath(session.folder, "..");
  await session.reply(replies.changedToParent(session.folder));
};

export const mkd = withPath((session, path) =>
  answer(
    session,
    { kind: "make-directory", path },
    session.home.makeDirectory(path),
    replies.madeDirectory(path),
    {
      exists: replies.alreadyExists(path),
      denied: replies.mayNotCreate(path),
      otherwise: replies.cannotCreate(path),
    },
  ),
);

/** RMD; the root and the folder the session is in are never removed. */
export const rmd = withPath(async (session, path) => {
  if (path === "/") {
    return session.refuse("The home folder cannot be removed.", replies.mayNotRemove(path));
  }
  if (path === session.folder) {
    return session.refuse(`The session is in ${path}.`, replies.directoryBusy(path));
  }
  const removing = session.home.removeDirectory(path);
  const change = { kind: "remove-directory", path } as const;
  await answer(session, change, removing, replies.removedDirectory(path), {
    "not-found": replies.notADirectory(path),
    "not-a-directory": replies.notADirectory(path),
    "invalid-name": replies.notADirectory(path),
    denied: replies.mayNotRemove(path),
    otherwise: replies.cannotRemove(path),
  });
});
