import { isIPv4 } from "node:net";
import { replies } from "../replies";
import type { Session } from "../session";
import type { Command } from "./command";

/** PASV; the address is the one the client connected to, and the reply has room for IPv4 only. */
export const pasv: Command = async (session) => {
  const address = session.context.passiveAddress ?? session.control.serverAddress;
  const port = isIPv4(address) ? await portFor(session) : undefined;
  await session.reply(port === undefined ? replies.noPassivePort : replies.passive(address, port));
};

/** EPSV, whatever its argument (Apache FtpServer 1.2.1; RFC 2428 has it choose the protocol). */
export const epsv: Command = async (session) => {
  const port = await portFor(session);
  await session.reply(port === undefined ? replies.noPassivePort : replies.extendedPassive(port));
};

async function portFor(session: Session): Promise<number | undefined> {
  if (session.context.faults("refuse-passive")) {
    session.emit({ kind: "refused", reason: "Fault refuse-passive: no passive port is given." });
    return undefined;
  }
  return session.data.announce();
}
