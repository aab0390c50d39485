import { replies } from "../replies";
import { send } from "../data/send";
import { FileRefusal, type Download } from "../service";
import type { Session } from "../session";
import { orRefusal, refuse, withPath } from "./command";
import { dataCommand, openData, startTransfer, clientStalledReason } from "./transfer";

/** RETR. The file is checked before the passive port (Apache FtpServer 1.2.1). */
export const retr = dataCommand(
  withPath(async (session, path) => {
    const download = await orRefusal(session.home.read(path));
    if (download instanceof FileRefusal) {
      return refuse(
        session,
        download,
        {
          "not-a-file": replies.notAPlainFile(path),
          denied: replies.permissionDenied(path),
          otherwise: replies.noSuchFile(path),
        },
        session.operation("download", path),
      );
    }
    try {
      await deliver(session, path, download);
    } finally {
      await download.close();
    }
  }),
);

async function deliver(session: Session, path: string, download: Download): Promise<void> {
  if (!session.data.announced) {
    return session.reply(replies.passiveFirst);
  }
  const socket = await openData(session, replies.openingData);
  if (socket === undefined) {
    return;
  }
  const ended = startTransfer(session, "download", path);
  const { dataMs, clock } = session.context;
  const dispatch = await send(socket, download.blocks, dataMs, clock);
  switch (dispatch.end) {
    case "complete":
      ended(dispatch.bytes, "completed");
      return session.reply(replies.transferComplete);
    case "cut":
      ended(dispatch.bytes, "partial");
      return session.reply(replies.dataConnectionError);
    case "stalled":
      ended(dispatch.bytes, "partial");
      return session.refuse(clientStalledReason, replies.dataConnectionError);
    case "fault":
      ended(dispatch.bytes, "failed");
      return session.refuse(dispatch.error.message, replies.inputError(path));
  }
}
