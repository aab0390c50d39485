import { replies } from "../replies";
import { answer, withPath, type Command } from "./command";

/** RNFR checks nothing yet: RNTO reports a missing file (Apache FtpServer 1.2.1). */
export const rnfr = withPath(async (session, path) => {
  session.renameFrom = path;
  await session.reply(replies.renamePending);
});

/** RNTO, which must come directly after RNFR: every other command makes the session forget that. */
export const rnto: Command = async (session, argument) => {
  const from = session.renameFrom;
  session.renameFrom = undefined;
  if (argument === undefined) {
    return session.reply(replies.syntaxError);
  }
  if (from === undefined) {
    return session.reply(replies.renameFromFirst);
  }
  const to = session.resolve(argument);
  const change = { kind: "rename", path: from, newPath: to } as const;
  await answer(session, change, session.home.rename(from, to), replies.renamed, {
    "not-found": replies.renameMissing,
    denied: replies.renameDenied,
    "invalid-name": replies.renameInvalid,
    otherwise: replies.cannotRename,
  });
};
