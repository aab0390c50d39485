import * as fs from "node:fs";
import * as path from "node:path";

import { Figure, median } from "../measure";
import { crowd, login, loginsPerSecond, residentMiB } from "./clients";
import { large, largeFile, LargeFigures, mebibytes } from "./large";
import { MeasuredServer, startMeasuredTwin, startServers } from "./servers";

const crowds = [50, 200, 1000];
const idleSessions = 1000;
const listed = 100_000;

/** The twin compared with vsftpd and pyftpdlib, where they are installed: same client, same run, nine ports each. */
export async function ftpFigures(runs: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const servers = await startServers();
  try {
    const measured = await large(servers, largeFile(), runs);
    figures.push(...speeds(measured, "stor"), ...speeds(measured, "retr"));
    for (const server of servers) figures.push(...(await many(server)));
  } finally {
    for (const server of servers) await server.stop();
  }
  figures.push(...(await withFreshTwin(crowdsOf, "waiting twin", ["--passive-ports", "wait"])));
  return [...figures, ...(await withFreshTwin(listing)), ...(await withFreshTwin(idle))];
}

/** The twin's goal is the best peer in the same measurement. */
function speeds(measured: readonly LargeFigures[], direction: "stor" | "retr"): Figure[] {
  const peers = measured.filter(({ name }) => name !== "twin");
  const atLeast = Math.round(Math.max(0, ...peers.map((peer) => median(peer[direction]))));
  return measured.map((each) => ({
    what: `${each.name}: ${direction.toUpperCase()} of ${mebibytes} MiB`,
    unit: "MiB/s",
    values: each[direction],
    goal: each.name === "twin" && peers.length > 0 ? { atLeast } : undefined,
  }));
}

async function many(server: MeasuredServer): Promise<Figure[]> {
  return [await loginsOf(server), ...(await crowdsOf(server))];
}

/** Of a user whose password the login function remembers, as it does after the first login, with all code warm. */
async function loginsOf(server: MeasuredServer): Promise<Figure> {
  await loginsPerSecond(server, 2000);
  const values = [];
  for (let run = 0; run < 3; run++) values.push(await loginsPerSecond(server, 2000));
  const goal = server.name === "twin" ? { atLeast: 1000 } : undefined;
  return { what: `${server.name}: logins`, unit: "1/s", values, goal };
}

/** `twin` has nine ports for one source address and answers 425; `waiting twin` is its generous mode. */
async function crowdsOf(server: MeasuredServer): Promise<Figure[]> {
  const { name } = server;
  const figures: Figure[] = [];
  for (const count of crowds) {
    const { served, outside, refused, seconds } = await crowd(server, count);
    const isTwin = name.endsWith("twin");
    const what = `${name}: ${count} clients, STOR and RETR of 1 MiB`;
    const ofServed = { what: `${what}, served`, unit: "", values: [served] };
    const ofOutside = { what: `${what}, outside the nine ports`, unit: "", values: [outside] };
    figures.push({ ...ofServed, goal: isTwin ? { atLeast: count } : undefined });
    figures.push({ ...ofOutside, goal: isTwin ? { atMost: 0 } : undefined });
    figures.push({ what: `${what}, answered 425`, unit: "", values: [refused] });
    figures.push({ what: `${what}, time`, unit: "s", values: [seconds] });
    // Peers that fail with fifty clients are not measured with more.
    if (served < count) break;
  }
  return figures;
}

/** In a new process: memory retained after a crowd would be counted for the sessions. */
async function withFreshTwin(
  measure: (twin: MeasuredServer) => Promise<Figure[]>,
  name?: string,
  options?: readonly string[],
): Promise<Figure[]> {
  const twin = await startMeasuredTwin(name, options);
  try {
    return await measure(twin);
  } finally {
    await twin.stop();
  }
}

async function idle(server: MeasuredServer): Promise<Figure[]> {
  const before = residentMiB(server.pid);
  const players = [];
  for (let count = 0; count < idleSessions; count++) players.push(await login(server));
  const after = residentMiB(server.pid);
  players.forEach((player) => player.close());
  if (before === undefined || after === undefined) return [];
  const each = ((after - before) * 1024) / idleSessions;
  return [
    { what: "twin: memory per idle session", unit: "KiB", values: [each], goal: { atMost: 100 } },
    {
      what: `twin: memory with ${idleSessions} idle sessions`,
      unit: "MiB",
      values: [after],
      goal: { atMost: 150 },
    },
  ];
}

async function listing(server: MeasuredServer): Promise<Figure[]> {
  const [bucket] = fs.readdirSync(server.disk);
  const folder = path.join(server.disk, bucket, "users", server.user, "many");
  fs.mkdirSync(folder, { recursive: true });
  for (let number = 0; number < listed; number++) {
    fs.writeFileSync(path.join(folder, `${number}.txt`), "");
  }
  const player = await login(server);
  await player.play("PASV");
  const before = residentMiB(server.pid);
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, residentMiB(server.pid) ?? 0)), 20);
  const started = performance.now();
  const { firstByteMs = NaN, received } = await player.play("LIST many");
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  player.close();
  const lines = (received?.toString().split("\r\n").length ?? 1) - 1;
  const what = `twin: LIST of ${lines} files`;
  return [
    { what: `${what}, first bytes`, unit: "s", values: [firstByteMs / 1000], goal: { atMost: 1 } },
    { what: `${what}, whole`, unit: "s", values: [seconds] },
    ...(before === undefined
      ? []
      : [{ what: `${what}, memory at most, more`, unit: "MiB", values: [most - before] }]),
  ];
}
