import { parseListArgument } from "../list-argument";
import { listingBlocks, longFormat } from "../listing";
import { replies } from "../replies";
import { entryOr, type Command } from "./command";

/** STAT: the session, or a listing over the control connection. */
export const stat: Command = async (session, argument) => {
  if (argument === undefined) {
    const { serverAddress, clientAddress } = session.control;
    const user = session.login?.user ?? "";
    return session.reply(replies.sessionStatus(serverAddress, clientAddress, user));
  }
  const parsed = parseListArgument(argument);
  const path = session.resolve(parsed.path);
  const entry = await entryOr(session, path, replies.nothingToList);
  if (entry === undefined) {
    return;
  }
  const format = longFormat(session.context.clock.now());
  let lines = "";
  for await (const block of listingBlocks(session.home, path, entry, parsed, format)) {
    lines += block.toString();
  }
  await session.reply(replies.pathStatus(entry.type === "directory" ? 212 : 213, lines));
};
