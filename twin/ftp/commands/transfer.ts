import type { Socket } from "node:net";
import { replies } from "../replies";
import type { FtpEvent } from "../events";
import type { Session } from "../session";
import type { Command } from "./command";

type Outcome = Extract<FtpEvent, { kind: "transfer" }>["outcome"];

/** A command that uses the data connection. Whatever becomes of it, the passive port is released. */
export function dataCommand(run: Command): Command {
  return async (session, argument) => {
    try {
      await run(session, argument);
    } finally {
      session.data.close();
    }
  };
}

/** Replies 150 and waits for the data connection; without one it replies 425 and gives undefined. */
export async function openData(session: Session, opening: string): Promise<Socket | undefined> {
  await session.reply(opening);
  const socket = await session.data.open();
  if (socket === undefined) {
    await session.reply(replies.noDataConnection);
  }
  return socket;
}

/** Tells of a file moved in TYPE A, the type every session starts in (RFC 959 section 3.1.1.1). */
export function adviseBinary(session: Session, path: string): void {
  if (session.type === "A") {
    session.emit({
      kind: "advice",
      text:
        `${path} was moved in ASCII type. AWS documents binary transfers only: ` +
        'have the device send "TYPE I" before it moves a file.',
    });
  }
}

/** Measures a transfer and tells of its end. */
export function startTransfer(session: Session, direction: "upload" | "download", path: string) {
  const start = performance.now();
  const user = session.login?.user ?? "";
  return (bytes: number, outcome: Outcome): void => {
    const milliseconds = Math.round(performance.now() - start);
    session.emit({ kind: "transfer", user, direction, path, bytes, milliseconds, outcome });
  };
}
