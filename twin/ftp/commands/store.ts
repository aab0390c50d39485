import { receive } from "../data/receive";
import { replies } from "../replies";
import { FileRefusal, type Upload } from "../service";
import type { Session } from "../session";
import { openData, startTransfer } from "./transfer";

/** The replies in which STOR and STOU differ. */
export interface StoreReplies {
  readonly opening: string;
  readonly complete: string;
  readonly denied: string;
  readonly outputError: string;
}

/**
 * Stores what the client sends under a path. A denial is sent before the 150, any other refusal after the
 * client has connected (Apache FtpServer 1.2.1). 226 means that the whole file is stored.
 */
export async function store(session: Session, path: string, texts: StoreReplies): Promise<void> {
  const upload = await orError(session.home.write(path));
  if (upload instanceof FileRefusal && upload.code === "denied") {
    const file = session.operation("upload", path);
    return session.refuse(upload.message, texts.denied, upload.code, file);
  }
  const socket = await openData(session, texts.opening);
  if (upload instanceof Error) {
    const code = upload instanceof FileRefusal ? upload.code : undefined;
    const file = session.operation("upload", path);
    return socket && session.refuse(upload.message, texts.outputError, code, file);
  }
  if (socket === undefined) {
    return keep(session, upload);
  }
  const ended = startTransfer(session, "upload", path);
  const { dataMs, clock } = session.context;
  const receipt = await receive(socket, upload, dataMs, clock);
  switch (receipt.end) {
    case "complete": {
      const stored = await orError(upload.commit());
      if (stored instanceof Error) {
        ended(receipt.bytes, "failed");
        return session.refuse(stored.message, texts.outputError);
      }
      ended(receipt.bytes, "completed", stored);
      return session.reply(texts.complete);
    }
    case "cut":
      await keep(session, upload);
      ended(receipt.bytes, "partial");
      return session.reply(replies.dataConnectionError);
    case "stalled":
      await keep(session, upload);
      ended(receipt.bytes, "partial");
      return session.refuse("The client sent nothing for too long.", texts.outputError);
    case "fault":
      await keep(session, upload);
      ended(receipt.bytes, "failed");
      return session.refuse(receipt.error.message, texts.outputError);
  }
}

/** The client receives the reply to its upload in any case; a partial file that cannot be kept is only logged. */
async function keep(session: Session, upload: Upload): Promise<void> {
  const fault = await orError(upload.keepPartial());
  if (fault instanceof Error) {
    session.emit({ kind: "refused", reason: `The partial file was lost: ${fault.message}` });
  }
}

async function orError<T>(operation: Promise<T>): Promise<T | Error> {
  return operation.catch((error: Error) => error);
}
