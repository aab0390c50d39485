import { replies } from "../replies";
import type { Command } from "./command";

/**
 * ABOR. Commands run in order, so it is never read during a transfer: it only ends a data connection that was
 * announced and not used yet.
 */
export const abor: Command = async (session) => {
  session.data.close();
  await session.reply(replies.aborted);
};
