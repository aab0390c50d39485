import type { Finding } from "../../core/findings";
import { FtpPlayer } from "../../../lib/ftp-player";
import type { Hop } from "../hop";

/** Milliseconds to wait for a reply. */
const PATIENCE = 5_000;

/**
 * A real FTP session: log in, list the home over a data connection, leave. A deployed endpoint can be reached from
 * the devices only, so that is told and not done.
 */
export const sessionHop: Hop = {
  name: "FTP session",
  check: async ({ running, user, noUser, outputs }) => {
    const check = "session";
    if (!running) {
      const found = `only a device can: ftp -p ${outputs.privateIps[0]}`;
      return [{ check, state: "note", found }];
    }
    if (!user || noUser)
      return [{ check, state: "note", found: "not tried: there is no user to try" }];
    const { host, port } = running.ftp;
    return [await tryOut(host, port, user.name, user.password)];
  },
};

async function tryOut(
  host: string,
  port: number,
  name: string,
  password: string,
): Promise<Finding> {
  const check = `session at ${host}:${port}`;
  const remedy = "The hop above says why; without one, what npm start printed does.";
  const failed = (found: string): Finding => ({ check, state: "failed", found, remedy });
  let player: FtpPlayer | undefined;
  try {
    const connected = await FtpPlayer.connect(host, port, PATIENCE);
    player = connected.player;
    if (!connected.greeting.startsWith("220")) return failed(`greeted with ${connected.greeting}`);
    const steps: [line: string, shown: string, reply: RegExp][] = [
      [`USER ${name}`, "USER", /^331/],
      [`PASS ${password}`, "PASS", /^230/],
      ["TYPE I", "TYPE I", /^200/],
      ["PASV", "PASV", /^227/],
      ["LIST", "LIST", /^226/],
      ["QUIT", "QUIT", /^221/],
    ];
    for (const [line, shown, wanted] of steps) {
      const { replies } = await player.play(line);
      const last = replies.at(-1) ?? "";
      if (!wanted.test(last)) return failed(`${shown} was answered ${last}`);
    }
    return { check, state: "ok", found: "logged in, and listed the home" };
  } catch (error) {
    return failed(`no connection: ${(error as Error).message}`);
  } finally {
    player?.close();
  }
}
