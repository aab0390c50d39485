import { spawn } from "node:child_process";
import * as fs from "node:fs";

import { FtpPlayer } from "../../lib/ftp-player";
import type { MeasuredServer } from "./servers";

const loopback = "127.0.0.1";

/** Seconds of one transfer as measured by curl, without the login. */
export async function curlSeconds(
  server: MeasuredServer,
  name: string,
  upload?: string,
): Promise<number> {
  const url = `ftp://${server.user}:${server.password}@${loopback}:${server.port}/${server.folder}${name}`;
  const what = upload === undefined ? ["-o", "/dev/null", url] : ["-T", upload, url];
  const child = spawn("curl", ["-sS", "-w", "%{time_pretransfer} %{time_total}", ...what], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`curl to ${server.name} ended with ${code}`);
  const [before, total] = output.trim().split(" ").slice(-2).map(Number);
  return total - before;
}

/** A logged-in session. */
export async function login(server: MeasuredServer, replyMs?: number): Promise<FtpPlayer> {
  const { player } = await FtpPlayer.connect(loopback, server.port, replyMs);
  await player.play(`USER ${server.user}`);
  const { replies } = await player.play(`PASS ${server.password}`);
  if (!replies[0].startsWith("230")) {
    player.close();
    throw new Error(`${server.name}: ${replies[0]}`);
  }
  return player;
}

/** Logins a second, eight devices at a time. */
export async function loginsPerSecond(server: MeasuredServer, count: number): Promise<number> {
  const started = performance.now();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let done = 0; done < count / 8; done++) (await login(server)).close();
    }),
  );
  return count / ((performance.now() - started) / 1000);
}

/**
 * Timeout of a client of a crowd for a reply, in milliseconds. A cellular module has a timeout of 60 s, a logger of
 * 75 s; the 15 s of a PLC for a whole upload are compared with the time of the crowd.
 */
const timeoutMs = 60_000;

/** The results of a crowd. */
export interface Crowd {
  /** Clients whose file was stored and retrieved unchanged. */
  readonly served: number;
  /** Data connections that the server announced on a port outside its range. */
  readonly outside: number;
  /** Number of 425 replies because every port was in use. */
  readonly refused: number;
  readonly seconds: number;
}

/** Maximum random wait of a client before it retries after a 425. */
const longestWaitMs = 2000;

/** Runs this number of concurrent clients, each of which stores and retrieves 1 MiB and retries after a 425. */
export async function crowd(server: MeasuredServer, count: number): Promise<Crowd> {
  const [from, to] = server.passivePorts;
  let outside = 0;
  let refused = 0;
  const passive = async (player: FtpPlayer | undefined): Promise<void> => {
    const end = performance.now() + timeoutMs;
    for (let waitMs = 50; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
      const reply = (await player?.play("PASV"))?.replies[0] ?? "";
      const numbers = /,(\d+),(\d+)\)/.exec(reply);
      const port = numbers ? Number(numbers[1]) * 256 + Number(numbers[2]) : from;
      outside += Number(port < from || port > to);
      if (!reply.startsWith("425") || performance.now() > end) return;
      refused++;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * waitMs));
    }
  };
  const content = Buffer.alloc(1024 * 1024, "canal");
  const started = performance.now();
  const served = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const player = await login(server, timeoutMs).catch(() => undefined);
      try {
        const name = `${server.folder}crowd-${index}.bin`;
        await player?.play("TYPE I");
        await passive(player);
        const stored = await player?.play(`STOR ${name}`, content);
        await passive(player);
        const read = await player?.play(`RETR ${name}`);
        const fine = stored?.replies.at(-1)?.startsWith("226") && read?.received?.equals(content);
        return fine === true;
      } finally {
        player?.close();
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  return { served: served.filter(Boolean).length, outside, refused, seconds };
}

/** Resident memory of a process, MiB; undefined where the system does not report it. */
export function residentMiB(pid: number): number | undefined {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
