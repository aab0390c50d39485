import type { TimedEvent } from "../compatibility/finding";
import { FtpPlayer } from "../../lib/ftp-player";

/** A command of a recorded session, with its replies. */
export interface RecordedCommand {
  readonly line: string;
  /** The line as it was sent, where it is not UTF-8. */
  readonly raw?: Buffer;
  readonly replies: string[];
  /** Bytes of its upload. */
  bytes: number;
}

/** The sessions of a recording, in the order in which they began. */
export function recordedSessions(events: Iterable<TimedEvent>): Map<string, RecordedCommand[]> {
  const sessions = new Map<string, RecordedCommand[]>();
  for (const { event } of events) {
    if (event.kind === "connected") sessions.set(event.session, []);
    const commands = event.kind === "unreachable" ? undefined : sessions.get(event.session);
    if (event.kind === "command") {
      commands?.push({ line: event.line, raw: event.bytes, replies: [], bytes: 0 });
    }
    const last = commands?.at(-1);
    if (event.kind === "reply") last?.replies.push(event.text);
    if (event.kind === "transfer" && last) last.bytes = event.bytes;
  }
  return sessions;
}

/** Maximum bytes of a replayed upload. */
const maxBytes = 16 * 1024 * 1024;

/**
 * Sends a recorded session again and reports each line with the recorded and the new replies. The recording contains
 * neither password nor file contents: the password is an argument, and uploads are zeros of the same length.
 */
export async function replaySession(
  commands: readonly RecordedCommand[],
  server: { readonly host: string; readonly port: number; readonly password: string },
  report: (line: string, before: readonly string[], now: readonly string[]) => void,
): Promise<void> {
  const { player } = await FtpPlayer.connect(server.host, server.port);
  try {
    for (const { line, raw, replies, bytes } of commands) {
      const sent = line === "PASS ***" ? `PASS ${server.password}` : (raw ?? line);
      const upload = Buffer.alloc(Math.min(bytes, maxBytes));
      const played = await player.play(sent, upload);
      report(line, replies, played.replies);
      if (played.replies.at(-1) === "(closed)") return;
    }
  } finally {
    player.close();
  }
}
