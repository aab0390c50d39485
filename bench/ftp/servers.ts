import { ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { freeRange } from "../../test/support/free-ports";
import { FtpPlayer } from "../../lib/ftp-player";
import { root, scratch } from "../measure";

/** A measured FTP server on loopback, with a writable folder. */
export interface MeasuredServer {
  readonly name: string;
  readonly port: number;
  /** First and last of its nine passive ports. */
  readonly passivePorts: readonly [number, number];
  readonly user: string;
  readonly password: string;
  /** Writable folder, "" or ending in "/". */
  readonly folder: string;
  readonly pid: number;
  /** Folder on disk behind `folder`. */
  readonly disk: string;
  /** Removes the server's copies of replaced files, which would fill the memory. */
  forgetVersions(): void;
  stop(): Promise<void>;
}

const password = "benchmark-only";

interface Setting {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly passivePorts: readonly [number, number];
  readonly user: string;
  readonly folder: string;
  readonly disk: string;
  /** The folder of all its files; removed at the end. */
  readonly data: string;
}

/** A control port and nine passive ports, all free. */
interface Ports {
  readonly port: number;
  readonly passivePorts: readonly [number, number];
}

async function freePorts(): Promise<Ports> {
  const [port, to] = await freeRange(10);
  return { port, passivePorts: [port + 1, to] };
}

/** The twin, then its peers that are installed and work, each with nine passive ports. */
export async function startServers(): Promise<MeasuredServer[]> {
  const started = [await startMeasuredTwin()];
  for (const peer of [vsftpd, pyftpdlib]) {
    const setting = peer(scratch(), await freePorts());
    const server = setting && (await startIfItRuns(setting));
    if (server) started.push(server);
  }
  return started;
}

/** The twin alone, as `npm start` runs it with these options. */
export async function startMeasuredTwin(
  name = "twin",
  options: readonly string[] = [],
): Promise<MeasuredServer> {
  const { args, ...setting } = twinSetting(scratch(), await freePorts());
  return startServer({ ...setting, name, args: [...args, ...options] });
}

function twinSetting(data: string, { port, passivePorts }: Ports): Setting {
  const ports = ["--port", String(port), "--passive-ports", passivePorts.join("-")];
  const script = ["cli/canal-ftp.cjs", "start", "--json", "--no-lockout"];
  const disk = path.join(data, "buckets");
  return {
    name: "twin",
    command: process.execPath,
    args: [...script, ...ports, "--data", data, "--user", `bench:${password}`],
    port,
    passivePorts,
    user: "bench",
    folder: "",
    disk,
    data,
  };
}

/** Anonymous uploads, so that no user of the machine is needed; VSFTPD names the program if not on the PATH. */
function vsftpd(data: string, { port, passivePorts }: Ports): Setting | undefined {
  const command = process.env.VSFTPD ?? "vsftpd";
  if (spawnSync("sh", ["-c", `command -v ${command}`]).status !== 0) return undefined;
  const disk = path.join(data, "root", "up");
  fs.mkdirSync(disk, { recursive: true });
  fs.mkdirSync(path.join(data, "empty"));
  for (const folder of [data, path.join(data, "root")]) fs.chmodSync(folder, 0o755);
  fs.chmodSync(disk, 0o777);
  const settings = {
    ...{ listen: "YES", background: "NO", listen_address: "127.0.0.1", listen_port: port },
    ...{ anonymous_enable: "YES", local_enable: "NO", write_enable: "YES", ftp_username: "daemon" },
    ...{ anon_upload_enable: "YES", anon_other_write_enable: "YES", anon_umask: "022" },
    ...{ anon_root: path.join(data, "root"), secure_chroot_dir: path.join(data, "empty") },
    ...{
      pasv_min_port: passivePorts[0],
      pasv_max_port: passivePorts[1],
      seccomp_sandbox: "NO",
      max_clients: 0,
    },
  };
  const file = path.join(data, "vsftpd.conf");
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  fs.writeFileSync(file, lines.join(""));
  return {
    name: "vsftpd",
    command,
    args: [file],
    port,
    passivePorts,
    user: "anonymous",
    folder: "up/",
    disk,
    data,
  };
}

/** PYFTPDLIB_PYTHON names a Python that has it. */
function pyftpdlib(data: string, { port, passivePorts }: Ports): Setting | undefined {
  const command = process.env.PYFTPDLIB_PYTHON ?? "python3";
  if (spawnSync(command, ["-c", "import pyftpdlib"]).status !== 0) return undefined;
  const script = `
import logging
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
logging.basicConfig(level=logging.ERROR)
users = DummyAuthorizer()
users.add_user("bench", "${password}", ${JSON.stringify(data)}, perm="elradfmwMT")
FTPHandler.authorizer = users
FTPHandler.passive_ports = range(${passivePorts[0]}, ${passivePorts[1] + 1})
server = FTPServer(("127.0.0.1", ${port}), FTPHandler)
server.max_cons = 5000
server.serve_forever()
`;
  const args = ["-c", script];
  return {
    name: "pyftpdlib",
    command,
    args,
    port,
    passivePorts,
    user: "bench",
    folder: "",
    disk: data,
    data,
  };
}

/** Undefined, with a line on standard error, for a peer that is installed and does not work. */
async function startIfItRuns(setting: Setting): Promise<MeasuredServer | undefined> {
  try {
    return await startServer(setting);
  } catch (error) {
    process.stderr.write(`${(error as Error).message} It is not measured.\n`);
    return undefined;
  }
}

/** @throws Error when no login succeeds within 15 seconds */
async function startServer(setting: Setting): Promise<MeasuredServer> {
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
    password: password,
    pid: child.pid!,
    forgetVersions: () => forgetVersions(path.join(setting.data, "versions")),
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

/** Removed file by file, because the twin may add another file at the same time. */
function forgetVersions(folder: string): void {
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) fs.rmSync(path.join(entry.parentPath, entry.name), { force: true });
  }
}

async function ready(child: ChildProcess, port: number, user: string, name: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (child.exitCode !== null) break;
    try {
      const { player } = await FtpPlayer.connect("127.0.0.1", port, 3000);
      await player.play(`USER ${user}`);
      const { replies } = await player.play(`PASS ${password}`);
      player.close();
      if (replies[0].startsWith("230")) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${name} did not start.`);
}
