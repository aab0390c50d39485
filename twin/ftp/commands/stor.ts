import { replies } from "../replies";
import { withPath } from "./command";
import { store } from "./store";
import { dataCommand } from "./transfer";

/** STOR replaces a file of the same name. */
export const stor = dataCommand(
  withPath(async (session, path) => {
    if (!session.data.announced) {
      return session.reply(replies.passiveFirst);
    }
    await store(session, path, {
      opening: replies.openingData,
      complete: replies.transferComplete,
      denied: replies.permissionDenied(path),
      outputError: replies.outputError(path),
    });
  }),
);
