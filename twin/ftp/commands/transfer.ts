import type { Socket } from "node:net";
import { pause } from "../../clock";
import { replies } from "../replies";
import type { FtpEvent } from "../events";
import type { Stored } from "../service";
import type { Session } from "../session";
import type { Command } from "./command";

type Outcome = Extract<FtpEvent, { kind: "transfer" }>["outcome"];

/** Reason for ending a download or listing. */
export const clientStalledReason = "The client read no data for too long.";

/** A command that uses the data connection. The passive port is released also when the command fails. */
export function dataCommand(run: Command): Command {
  return async (session, argument) => {
    try {
      await run(session, argument);
    } finally {
      session.data.close();
    }
  };
}

/** Replies 150 and waits for the data connection; without one it replies 425 and returns undefined. */
export async function openData(session: Session, opening: string): Promise<Socket | undefined> {
  await session.reply(opening);
  const socket = await session.data.open();
  if (socket === undefined) {
    await session.reply(replies.noDataConnection);
  } else if (session.context.faults("silent-data")) {
    const { clock, dataMs } = session.context;
    session.emit({ kind: "refused", reason: "Fault silent-data: no byte is moved." });
    await pause(clock, dataMs, session.control.gone);
    await session.reply(replies.noDataConnection);
    return undefined;
  } else if (session.context.faults("drop-data")) {
    injectDroppedData(session, socket);
  }
  return socket;
}

/** Injects the fault drop-data: an upload is dropped after its first bytes, a download or listing before them. */
function injectDroppedData(session: Session, socket: Socket): void {
  session.emit({ kind: "refused", reason: "Fault drop-data: the data connection is dropped." });
  socket.once("data", () => socket.resetAndDestroy());
  socket.write = () => {
    socket.resetAndDestroy();
    return false;
  };
}

/** Measures a transfer and reports its end. */
export function startTransfer(session: Session, direction: "upload" | "download", path: string) {
  const { clock } = session.context;
  const start = clock.now().getTime();
  const user = session.login?.user ?? "";
  const location = session.home.locate(path);
  session.emit({ kind: "opened", file: session.operation(direction, path) });
  return (bytes: number, outcome: Outcome, stored?: Stored): void => {
    session.emit({
      kind: "transfer",
      user,
      direction,
      path,
      location,
      bytes,
      milliseconds: clock.now().getTime() - start,
      outcome,
      ...stored,
    });
  };
}
