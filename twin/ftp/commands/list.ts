import { parseListArgument, type ListArgument } from "../list-argument";
import { factFormat, listingBlocks, longFormat, nameFormat, type LineFormat } from "../listing";
import { replies } from "../replies";
import { send } from "../data/send";
import { FileRefusal, type Entry } from "../service";
import type { Session } from "../session";
import { entryOr, orRefusal } from "./command";
import { dataCommand, openData, clientStalledReason } from "./transfer";

/** LIST: a path that does not exist is refused before the data connection is checked. */
export const list = dataCommand(async (session, argument) => {
  const parsed = parseListArgument(argument);
  const path = session.resolve(parsed.path);
  const entry = await entryOr(session, path, replies.nothingToList);
  if (entry === undefined) {
    return;
  }
  if (!session.data.announced) {
    return session.reply(replies.passiveFirst);
  }
  await sendListing(session, path, entry, parsed, longFormat(session.context.clock.now()));
});

/** NLST: names only, or LIST's lines with the option "l"; a path that does not exist gives an empty list. */
export const nlst = dataCommand(async (session, argument) => {
  await listAnything(session, argument, ({ options }) =>
    options.includes("l") ? longFormat(session.context.clock.now()) : nameFormat,
  );
});

/** MLSD (RFC 3659 section 7), without lines for the folder itself and the one above, as in the model. */
export const mlsd = dataCommand(async (session, argument) => {
  await listAnything(session, argument, () => factFormat(session.facts));
});

async function listAnything(
  session: Session,
  argument: string | undefined,
  formatFor: (argument: ListArgument) => LineFormat,
): Promise<void> {
  if (!session.data.announced) {
    return session.reply(replies.passiveFirst);
  }
  const parsed = parseListArgument(argument);
  const path = session.resolve(parsed.path);
  const entry = await orRefusal(session.home.stat(path));
  if (entry instanceof FileRefusal) {
    return await refuseListing(session, entry);
  }
  await sendListing(session, path, entry, parsed, formatFor(parsed));
}

/** A folder that may not be listed fails: from an empty list a device would conclude that its files are deleted. */
async function refuseListing(session: Session, refusal: FileRefusal): Promise<void> {
  const socket = await openData(session, replies.openingData);
  socket?.destroy();
  if (socket !== undefined) {
    await session.refuse(refusal.message, replies.listingFailed, refusal.code);
  }
}

async function sendListing(
  session: Session,
  path: string,
  entry: Entry | undefined,
  argument: ListArgument,
  format: LineFormat,
): Promise<void> {
  const socket = await openData(session, replies.openingData);
  if (socket === undefined) {
    return;
  }
  const blocks = listingBlocks(session.home, path, entry, argument, format);
  const { dataMs, clock } = session.context;
  const dispatch = await send(socket, blocks, dataMs, clock);
  switch (dispatch.end) {
    case "complete":
      return session.reply(replies.listingComplete);
    case "cut":
      return session.reply(replies.dataConnectionError);
    case "stalled":
      return session.refuse(clientStalledReason, replies.dataConnectionError);
    case "fault":
      return session.refuse(dispatch.error.message, replies.listingFailed);
  }
}
