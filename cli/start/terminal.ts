import * as path from "node:path";

import { colours as pc } from "../core/colours";
import { EvaluatedStack, label, Resource } from "../../lib/stack/resource";
import { findingLine, summaryLines } from "../../twin/compatibility/summary-text";
import type { FtpEvent } from "../../twin/ftp/events";
import type { TwinUser } from "../../twin/options";
import type { Twin, TwinObserver } from "../../twin/twin";

type Write = (line: string) => void;

/** Prints the events of a twin as lines of a terminal. */
export function terminalObserver(write: Write): TwinObserver {
  return {
    ftp: (event) => {
      const line = describeEvent(event);
      if (line !== undefined) write(line);
    },
    notice: (text) => write(`${pc.yellow("note")}  ${text}`),
    fault: (text) => write(`${pc.red("fault")} ${text}`),
    explain: (lines) => lines.forEach((line) => write(`${pc.dim("explain")} ${printable(line)}`)),
    report: {
      finding: (session, finding) =>
        write(`${tag(session)} ${pc.yellow(printable(findingLine(finding)))}`),
      summary: (summary) =>
        summaryLines(summary).forEach((line) => write(`${pc.cyan("report")} ${printable(line)}`)),
    },
  };
}

/**
 * What a user needs once the twin is ready: what was evaluated, how to connect and log in, and where files are.
 *
 * @param consoleUrl - URL of the console page, where there is one.
 * @param columns - Width of the terminal in characters.
 */
export function describeTwin(
  twin: Twin,
  consoleUrl?: string,
  columns = process.stdout.columns ?? 100,
): string[] {
  const { stack, ftp, users, files, uploadLog, evaluationSeconds } = twin;
  const [from, to] = ftp.passivePorts;
  const count = stack.resources.length;
  return [
    pc.bold(
      `${stack.project} ${stack.stack}: ${count} resources in ${evaluationSeconds.toFixed(1)} s`,
    ),
    ...describeComponents(stack, columns),
    "",
    `${pc.bold("connect")}   ftp -p ${ftp.host} ${ftp.port}   (passive ports ${from}-${to}, binary)`,
    ...users.map(
      ({ name, password }) => `${pc.bold("log in")}    user ${name}, password ${password}`,
    ),
    ...users.slice(0, 1).flatMap((user) => curlLine(twin, user)),
    `${pc.bold("files")}     ${shown(files)}`,
    ...(uploadLog === undefined
      ? []
      : [`${pc.bold("uploads")}   ${shown(uploadLog)}, a row for each`]),
    `${pc.bold("device")}    seen from ${describeAddresses(twin)}`,
    consoleUrl === undefined
      ? pc.dim(
          "With a page in the browser: npm start -- --console. All options: npm start -- --help.",
        )
      : `${pc.bold("console")}   ${consoleUrl}`,
    pc.dim("Ctrl-C stops the twin; files are kept."),
    "",
  ];
}

/** The source addresses; each has its own passive ports. */
function describeAddresses({ deviceAddress, deviceAddresses }: Twin): string {
  if (deviceAddresses === 1) return `${deviceAddress}, which shares its passive ports`;
  const count = deviceAddresses === "each" ? "one for each client" : `${deviceAddresses} in turn`;
  return `${deviceAddress} and following, ${count}`;
}

/** A command line to copy; none for a password that a shell would expand. */
function curlLine({ ftp }: Twin, { name, password }: TwinUser): string[] {
  if (!/^[\w.-]+$/.test(password)) return [];
  const url = `ftp://${ftp.host}:${ftp.port}/`;
  return [`${pc.bold("upload")}    curl -T README.md ${url} --user ${name}:${password}`];
}

/** Relative to the working directory, unless the folder is outside it. */
function shown(folder: string): string {
  const relative = path.relative(process.cwd(), folder);
  return relative.startsWith("..") ? folder : relative;
}

/** Each component of the site: its name and the resources in it. */
function describeComponents({ resources }: EvaluatedStack, columns: number): string[] {
  const site = resources.find(({ type }) => type.endsWith(":Site"));
  const parts = resources.filter(({ parent, type }) => parent === site?.key && type !== site?.type);
  const width = Math.max(...parts.map(({ type }) => shortType(type).length));
  return parts.flatMap((part) => {
    const children = descendants(resources, part).map(({ type }) => shortType(type));
    const [first, ...more] = wrap(tally(children), Math.max(20, columns - width - 4));
    const name = pc.green(shortType(part.type).padEnd(width));
    return [`  ${name}  ${first}`, ...more.map((line) => " ".repeat(width + 4) + line)];
  });
}

/** A list in lines of at most `width` characters, broken after commas. */
function wrap(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(/(?<=,) /)) {
    const longer = `${lines[lines.length - 1]} ${word}`.trimStart();
    if (longer.length <= width || lines[lines.length - 1] === "") lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function descendants(resources: readonly Resource[], of: Resource): Resource[] {
  const children = resources.filter(({ parent }) => parent === of.key);
  return children.flatMap((child) =>
    child.type.startsWith("canal-ftp:") ? descendants(resources, child) : [child],
  );
}

const shortType = (type: string) => label({ type, name: "" }).trim();

/** "Route x2, VpcPeeringConnectionAccepter" of the single names. */
function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${name} x${count}` : name)).join(", ");
}

function describeEvent(event: FtpEvent): string | undefined {
  switch (event.kind) {
    case "connected":
      return `${tag(event.session)} connected from ${event.address}, seen as ${event.source}`;
    case "unreachable":
      return `${pc.red("unreachable")} port ${event.port}: ${event.reason}`;
    case "command":
      return `${tag(event.session)} ${pc.cyan(">")} ${printable(event.line)}`;
    case "reply":
      return `${tag(event.session)} ${pc.dim("<")} ${printable(event.text)}`;
    case "refused":
      return `${tag(event.session)} ${pc.yellow("refused")} ${printable(event.reason)}`;
    case "transfer": {
      const { direction, outcome, bytes, milliseconds } = event;
      const speed = `${bytes} bytes in ${Math.round(milliseconds)} ms`;
      return `${tag(event.session)} ${pc.green(`${direction} ${outcome}`)} ${printable(event.path)}, ${speed}`;
    }
    case "data":
    case "login":
    case "opened":
    case "change":
      return undefined;
    case "closed":
      return `${tag(event.session)} closed: ${event.reason}`;
  }
}

const tag = (session: string) => pc.magenta(session.slice(0, 8));

/** Names come from devices: control characters in them must not reach the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, (found) =>
    /^\r?\n$/.test(found) ? " " : "?",
  );
}
