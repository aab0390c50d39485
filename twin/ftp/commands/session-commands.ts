import { replies } from "../replies";
import { always, type Command } from "./command";

/** FEAT: a fixed text. It contains MODE Z, which AWS does not document. */
export const feat = always(replies.features);

export const noop = always(replies.ok("NOOP"));

export const syst = always(replies.system);

export const quit: Command = async (session) => {
  await session.reply(replies.goodbye);
  session.end("QUIT");
};
