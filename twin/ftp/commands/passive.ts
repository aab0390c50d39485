import { isIPv4 } from "node:net";
import { replies } from "../replies";
import type { Session } from "../session";
import type { Command } from "./command";

/** PASV; the address is the one the client connected to, and the form of the reply allows IPv4 only. */
export const pasv: Command = async (session) => {
  const address = session.context.passiveAddress ?? session.control.serverAddress;
  if (!isIPv4(address)) {
    return session.refuse("PASV announces IPv4 addresses only.", replies.noPassivePort);
  }
  await announce(session, (port) => replies.passive(address, port));
};

/** EPSV; its argument is ignored (Apache FtpServer 1.2.1; in RFC 2428 it selects the protocol). */
export const epsv: Command = (session) => announce(session, replies.extendedPassive);

async function announce(session: Session, reply: (port: number) => string): Promise<void> {
  if (session.context.faults("refuse-passive")) {
    const reason = "Fault refuse-passive: no passive port is given.";
    return session.refuse(reason, replies.noPassivePort);
  }
  const port = await session.data.announce();
  if (port !== undefined) return session.reply(reply(port));
  const reason = `Every passive port of source address ${session.source} is used by a transfer.`;
  await session.refuse(reason, replies.noPassivePort, "ports-taken");
}
