import { receive } from "../receive";
import { replies } from "../replies";
import { FileRefusal, type Upload } from "../service";
import type { Session } from "../session";
import { orRefusal } from "./command";
import { adviseBinary, openData, startTransfer } from "./transfer";

/** The replies in which STOR and STOU differ. */
export interface StoreReplies {
  readonly opening: string;
  readonly complete: string;
  readonly denied: string;
  readonly outputError: string;
}

/**
 * Stores what the client sends under a path. A denial is told before the 150, any other refusal after the
 * client has dialled (Apache FtpServer 1.2.1). 226 means that the file is there as a whole.
 */
export async function store(session: Session, path: string, texts: StoreReplies): Promise<void> {
  const upload = await orRefusal(session.home.write(path));
  if (upload instanceof FileRefusal && upload.code === "denied") {
    return session.refuse(upload.message, texts.denied);
  }
  const socket = await openData(session, texts.opening);
  if (upload instanceof FileRefusal) {
    return socket && session.refuse(upload.message, texts.outputError);
  }
  if (socket === undefined) {
    return upload.keepPartial();
  }
  adviseBinary(session, path);
  const ended = startTransfer(session, "upload", path);
  const receipt = await receive(socket, upload, session.context.dataMs);
  switch (receipt.end) {
    case "complete": {
      const fault = await failureOf(upload.commit());
      ended(receipt.bytes, fault === undefined ? "completed" : "failed");
      return fault === undefined
        ? session.reply(texts.complete)
        : session.refuse(fault.message, texts.outputError);
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

/** The client hears of its upload in any case; that the rest could not be kept is for the log. */
async function keep(session: Session, upload: Upload): Promise<void> {
  const fault = await failureOf(upload.keepPartial());
  if (fault !== undefined) {
    session.emit({ kind: "refused", reason: `The partial file was lost: ${fault.message}` });
  }
}

async function failureOf(operation: Promise<void>): Promise<Error | undefined> {
  return operation.then(
    () => undefined,
    (error: Error) => error,
  );
}
