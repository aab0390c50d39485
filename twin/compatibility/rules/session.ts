import { onReply, type Rule } from "../finding";

/** Idle time after which the server closes a session (AWS documents 30 minutes). */
const idleMs = 1_800_000;

/** Rules for sessions. */
export const sessionRules: readonly Rule[] = [
  {
    id: "idle",
    severity: "fails",
    remedy: "Send NOOP at intervals of less than 30 minutes, or reconnect for each job.",
    detect: (event) =>
      event.kind === "closed" && event.reason.startsWith("idle ")
        ? `The session was closed: ${event.reason}.`
        : undefined,
  },
  {
    id: "keep-alive-late",
    severity: "risk",
    remedy: "Send commands at intervals well below 30 minutes, or reconnect for each job.",
    detect: (event, { command }, at) =>
      event.kind === "command" && command.line !== "" && at - command.at > idleMs * 0.8
        ? `The device sent no command for ${Math.round((at - command.at) / 60_000)} minutes.`
        : undefined,
  },
  {
    id: "line-too-long",
    severity: "fails",
    remedy: "Use command lines of at most 1024 bytes, including the line ending.",
    detect: (event) =>
      event.kind === "closed" && event.reason.startsWith("command line longer")
        ? `The session was closed: ${event.reason}.`
        : undefined,
  },
  {
    id: "second-user",
    severity: "fails",
    remedy: "Open a session for each user.",
    detect: onReply(
      "USER",
      /^530 Invalid user/,
      () => "The device changed the user within a session.",
    ),
  },
];
