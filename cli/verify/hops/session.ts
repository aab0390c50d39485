import { FtpClient } from "../../../lambdas/canary/ftp-client";
import type { Finding } from "../../core/findings";
import type { Hop } from "../hop";

const sessionTimeoutMs = 15_000;

/**
 * A real FTP session with the twin: logs in, lists the home over a data connection, quits. A deployed endpoint is
 * reachable from devices only, so its hop is a note.
 */
export const sessionHop: Hop = {
  name: "FTP session",
  check: async ({ running, user, noUser, outputs }) => {
    const check = "session";
    if (!running) {
      const found = `only a device can connect: ftp -p ${outputs.privateIps[0]}`;
      return [{ check, state: "note", found }];
    }
    if (!user || noUser) return [{ check, state: "note", found: "not attempted without a user" }];
    const { host, port } = running.ftp;
    return [await trySession(host, port, user.name, user.password)];
  },
};

async function trySession(
  host: string,
  port: number,
  name: string,
  password: string,
): Promise<Finding> {
  const check = `session at ${host}:${port}`;
  let client: FtpClient | undefined;
  try {
    client = await FtpClient.connect(host, port, sessionTimeoutMs);
    await client.login(name, password);
    await client.list();
    await client.quit();
    return { check, state: "ok", found: "logged in and listed the home" };
  } catch (error) {
    const remedy = "See the broken hop above; without one, see the output of npm start.";
    return { check, state: "failed", found: (error as Error).message, remedy };
  } finally {
    client?.close();
  }
}
