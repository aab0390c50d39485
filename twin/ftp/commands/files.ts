import { replies } from "../replies";
import { isMachineTime, machineTime } from "../timestamp";
import { answer, entryOr, withPath, type Command } from "./command";

export const dele = withPath((session, path) =>
  answer(session, { kind: "delete", path }, session.home.remove(path), replies.deleted(path), {
    "not-a-file": replies.notAFile(path),
    denied: replies.mayNotDelete(path),
    otherwise: replies.cannotDelete(path),
  }),
);

/** SIZE: the bytes that are stored, the same in TYPE A. */
export const size = withPath(async (session, path) => {
  const entry = await entryOr(session, path, replies.noSuchFile(path));
  if (entry !== undefined) {
    await session.reply(
      entry.type === "file" ? replies.size(entry.size) : replies.notAPlainFile(path),
    );
  }
});

/** MDTM, with milliseconds and for folders too (Apache FtpServer 1.2.1). */
export const mdtm = withPath(async (session, path) => {
  const entry = await entryOr(session, path, replies.unavailable(path));
  if (entry !== undefined) {
    await session.reply(replies.modified(machineTime(entry.modified)));
  }
});

/**
 * MFMT is validated and answered 450: the time of an S3 object cannot be set, and the reply must not confirm a change
 * (Apache FtpServer 1.2.1 answers 450 when a store cannot set a time).
 */
export const mfmt: Command = async (session, argument = "") => {
  const blank = argument.indexOf(" ");
  const time = argument.slice(0, blank);
  const name = argument.slice(blank + 1).trim();
  if (blank === -1 || !isMachineTime(time)) {
    return session.reply(replies.modifyTimeInvalid);
  }
  const entry = await entryOr(session, session.resolve(name), replies.modifyTimeMissing(name));
  if (entry !== undefined) {
    await session.reply(
      entry.type === "file" ? replies.modifyTimeNotSet : replies.modifyTimeInvalid,
    );
  }
};
