import { isIPv4 } from "node:net";
import { replies } from "../replies";
import type { Command } from "./command";

/** PASV; the address is the one the client connected to, and the reply has room for IPv4 only. */
export const pasv: Command = async (session) => {
  const address = session.control.serverAddress;
  const port = isIPv4(address) ? await session.data.announce() : undefined;
  await session.reply(port === undefined ? replies.noPassivePort : replies.passive(address, port));
};

/** EPSV, whatever its argument (Apache FtpServer 1.2.1; RFC 2428 has it choose the protocol). */
export const epsv: Command = async (session) => {
  const port = await session.data.announce();
  await session.reply(port === undefined ? replies.noPassivePort : replies.extendedPassive(port));
};
