import { ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { FtpPlayer } from "../../twin/player/ftp-player";
import { root, scratch } from "../measure";

/** An FTP server under measurement, on loopback, with a folder that takes files. */
export interface MeasuredServer {
  readonly name: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Where files may be stored, "" or ending in "/". */
  readonly folder: string;
  readonly pid: number;
  /** Folder on disk behind `folder`. */
  readonly disk: string;
  /**
   * Removes what a server keeps of replaced files. Otherwise only a server that keeps versions would write each
   * file into memory never used before, which takes a virtual machine several times as long.
   */
  forgetVersions(): void;
  stop(): Promise<void>;
}

const PASSWORD = "benchmark-only";
const [FROM, TO] = [28472, 28480];

interface Setting {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  readonly disk: string;
  /** All it keeps; removed at the end. */
  readonly data: string;
}

/** The twin and those of its peers that are installed; all of them one after the other on the same nine ports. */
export function servers(): (() => Promise<MeasuredServer | undefined>)[] {
  const peers = [vsftpd, pyftpdlib].flatMap((setting) => {
    const made = setting(scratch());
    return made ? [made] : [];
  });
  return [twinSetting(scratch()), ...peers].map((setting) => () => startIfItRuns(setting));
}

export function twinSetting(data: string): Setting {
  const ports = ["--port", "28470", "--passive-ports", `${FROM}-${TO}`];
  // As `npm start` runs it.
  const node = ["--max-semi-space-size=2", "-r", "./tools/register.cjs"];
  const script = [...node, "twin/main.ts", "--json", "--no-lockout"];
  const disk = path.join(data, "buckets");
  return {
    name: "twin",
    command: process.execPath,
    args: [...script, ...ports, "--data", data, "--user", `bench:${PASSWORD}`],
    port: 28470,
    user: "bench",
    folder: "",
    disk,
    data,
  };
}

/** Anonymous uploads, so that no user of the machine is needed; VSFTPD names the program if not on the PATH. */
function vsftpd(data: string): Setting | undefined {
  const command = process.env.VSFTPD ?? "vsftpd";
  if (spawnSync("sh", ["-c", `command -v ${command}`]).status !== 0) return undefined;
  const disk = path.join(data, "root", "up");
  fs.mkdirSync(disk, { recursive: true });
  fs.mkdirSync(path.join(data, "empty"));
  for (const folder of [data, path.join(data, "root")]) fs.chmodSync(folder, 0o755);
  fs.chmodSync(disk, 0o777);
  const settings = {
    ...{ listen: "YES", background: "NO", listen_address: "127.0.0.1", listen_port: "28471" },
    ...{ anonymous_enable: "YES", local_enable: "NO", write_enable: "YES", ftp_username: "daemon" },
    ...{ anon_upload_enable: "YES", anon_other_write_enable: "YES", anon_umask: "022" },
    ...{ anon_root: path.join(data, "root"), secure_chroot_dir: path.join(data, "empty") },
    ...{ pasv_min_port: FROM, pasv_max_port: TO, seccomp_sandbox: "NO", max_clients: 0 },
  };
  const file = path.join(data, "vsftpd.conf");
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  fs.writeFileSync(file, lines.join(""));
  return {
    name: "vsftpd",
    command,
    args: [file],
    port: 28471,
    user: "anonymous",
    folder: "up/",
    disk,
    data,
  };
}

/** PYFTPDLIB_PYTHON names a Python that has it. */
function pyftpdlib(data: string): Setting | undefined {
  const command = process.env.PYFTPDLIB_PYTHON ?? "python3";
  if (spawnSync(command, ["-c", "import pyftpdlib"]).status !== 0) return undefined;
  const script = `
import logging
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
logging.basicConfig(level=logging.ERROR)
users = DummyAuthorizer()
users.add_user("bench", "${PASSWORD}", ${JSON.stringify(data)}, perm="elradfmwMT")
FTPHandler.authorizer = users
FTPHandler.passive_ports = range(${FROM}, ${TO + 1})
server = FTPServer(("127.0.0.1", 28469), FTPHandler)
server.max_cons = 5000
server.serve_forever()
`;
  const args = ["-c", script];
  return {
    name: "pyftpdlib",
    command,
    args,
    port: 28469,
    user: "bench",
    folder: "",
    disk: data,
    data,
  };
}

/** Undefined, with a line on standard error, for a peer that is installed and does not run. */
async function startIfItRuns(setting: Setting): Promise<MeasuredServer | undefined> {
  try {
    return await startServer(setting);
  } catch (error) {
    if (setting.name === "twin") throw error;
    process.stderr.write(`${(error as Error).message} It is left out.\n`);
    return undefined;
  }
}

/** @throws Error when it does not let its user in within 15 seconds */
export async function startServer(setting: Setting): Promise<MeasuredServer> {
  const { command, args, port, user } = setting;
  const child = spawn(command, args, { cwd: root, stdio: "ignore" });
  try {
    await ready(child, port, user, setting.name);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return {
    ...setting,
    password: PASSWORD,
    pid: child.pid!,
    forgetVersions: () =>
      fs.rmSync(path.join(setting.data, "versions"), { recursive: true, force: true }),
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      // vsftpd waits for its sessions.
      const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(timer);
      fs.rmSync(setting.data, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess, port: number, user: string, name: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (child.exitCode !== null) break;
    try {
      const { player } = await FtpPlayer.connect("127.0.0.1", port, 3000);
      await player.play(`USER ${user}`);
      const { replies } = await player.play(`PASS ${PASSWORD}`);
      player.close();
      if (replies[0].startsWith("230")) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${name} did not come up.`);
}
