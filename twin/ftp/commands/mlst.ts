import { parseListArgument } from "../list-argument";
import { factFormat } from "../listing";
import { replies } from "../replies";
import { entryOr, type Command } from "./command";

/** MLST: the facts of one path, of the current folder without one. */
export const mlst: Command = async (session, argument) => {
  const path = session.resolve(parseListArgument(argument).path);
  const entry = await entryOr(session, path, replies.noFacts);
  if (entry !== undefined) {
    await session.reply(replies.facts(factFormat(session.facts)(entry)));
  }
};
