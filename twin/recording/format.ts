/**
 * A recording is a text with a line for each event:
 *
 *     SECONDS SESSION MARK TEXT
 *
 * `+` connected, `>` command, `<` reply, `!` refused, `=` data connection, `*` transfer, `x` unreachable, `-` closed.
 * Lines that begin with `#` are comments. No password is in it, only its length. A command that is not UTF-8 has its
 * bytes as `\xNN`.
 */
import type { TimedEvent } from "../compatibility/finding";
import type { FtpEvent } from "../ftp/events";
import type { RefusalCode } from "../ftp/service";
import { escapeBytes, escapeLine, unescapeBytes, unescapeLine } from "./escape";

/** Placeholder for an event without a session. */
const noSession = "-";

/** The line of an event; undefined for events that a recording omits. */
export function formatEvent({ at, event }: TimedEvent): string | undefined {
  const text = textOf(event);
  if (text === undefined) {
    return undefined;
  }
  const session = event.kind === "unreachable" ? noSession : event.session;
  const bytes = event.kind === "command" ? event.bytes : undefined;
  const line = bytes === undefined ? escapeLine(text[1]) : escapeBytes(bytes);
  return `${(at / 1000).toFixed(3)} ${session} ${text[0]} ${line}`.trimEnd();
}

function textOf(event: FtpEvent): [mark: string, text: string] | undefined {
  switch (event.kind) {
    case "connected":
      return ["+", `${event.address} ${event.source}`];
    case "command":
      return event.passwordLength === undefined
        ? [">", event.line]
        : [">", `PASS *** (${event.passwordLength} characters)`];
    case "reply":
      return ["<", event.text];
    case "refused":
      return ["!", event.code === undefined ? event.reason : `(${event.code}) ${event.reason}`];
    case "data":
      return ["=", `${event.to} ${event.port}`];
    case "transfer": {
      const marks = [event.replaced && "replaced", event.madeFolder && "folder made"];
      const remarks = marks.filter(Boolean).join(", ");
      const { direction, outcome, bytes, milliseconds, user, path } = event;
      return [
        "*",
        `${direction} ${outcome}, ${bytes} bytes, ${milliseconds} ms (${remarks}) by ${user}: ${path}`,
      ];
    }
    case "unreachable":
      return ["x", `${event.port} ${event.reason}`];
    case "closed":
      return ["-", event.reason];
    case "login":
    case "opened":
    case "change":
      return undefined;
  }
}

/** The events of a recording. Throws an Error that names the line it cannot read. */
export function* parseRecording(text: string): Generator<TimedEvent, void> {
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === "" || line.startsWith("#")) {
      continue;
    }
    const match = /^(\d+(?:\.\d+)?) (\S+) ([-+><!=*x])(?: (.*))?$/.exec(line);
    const bytes = match?.[3] === ">" ? unescapeBytes(match[4] ?? "") : undefined;
    const event =
      match &&
      (bytes === undefined
        ? eventOf(match[3], match[2], unescapeLine(match[4] ?? ""))
        : { kind: "command" as const, session: match[2], line: bytes.toString(), bytes });
    if (!match || !event) {
      throw new Error(`Line ${index + 1} is not a line of a recording.`);
    }
    yield { at: Math.round(Number(match[1]) * 1000), event };
  }
}

function eventOf(mark: string, session: string, text: string): FtpEvent | undefined {
  switch (mark) {
    case "+": {
      const [address, source = address] = text.split(" ");
      return { kind: "connected", session, address, source };
    }
    case ">": {
      const hidden = /^PASS \*\*\* \((\d+) characters\)$/.exec(text);
      return hidden
        ? { kind: "command", session, line: "PASS ***", passwordLength: Number(hidden[1]) }
        : { kind: "command", session, line: text };
    }
    case "<":
      return { kind: "reply", session, text };
    case "!": {
      const coded = /^\(([a-z-]+)\)(?: ([^]*))?$/.exec(text);
      return coded
        ? { kind: "refused", session, code: coded[1] as RefusalCode, reason: coded[2] ?? "" }
        : { kind: "refused", session, reason: text };
    }
    case "=": {
      const [to, port] = text.split(" ");
      return { kind: "data", session, to, port: Number(port) };
    }
    case "*":
      return transferOf(session, text);
    case "x": {
      const [port] = text.split(" ", 1);
      return { kind: "unreachable", port: Number(port), reason: text.slice(port.length + 1) };
    }
    default:
      return { kind: "closed", session, reason: text };
  }
}

const transferPattern =
  /^(upload|download) (completed|partial|failed), (\d+) bytes, (\d+) ms \(([a-z, ]*)\) by ([^:]*): ([^]*)$/;

function transferOf(session: string, text: string): FtpEvent | undefined {
  const match = transferPattern.exec(text);
  if (!match) {
    return undefined;
  }
  const [, direction, outcome, bytes, milliseconds, remarks, user, path] = match;
  return {
    kind: "transfer",
    session,
    user,
    direction: direction as "upload" | "download",
    path,
    location: path,
    bytes: Number(bytes),
    milliseconds: Number(milliseconds),
    outcome: outcome as "completed" | "partial" | "failed",
    replaced: remarks.includes("replaced"),
    madeFolder: remarks.includes("folder made"),
  };
}
