/** Behaviour of a device that fails or differs from expectations on the deployed server. */
import type { FtpEvent } from "../ftp/events";
import type { Dialogue } from "./dialogue";
import { partsOf } from "./sent-command";

/**
 * fails: the server refuses it, or the file does not arrive. risk: it works here, but AWS documents that it may fail
 * or does not document it. note: it works, with a cost or a limit.
 */
export type Severity = "fails" | "risk" | "note";

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** The problem as a sentence. */
  readonly problem: string;
  /** The change that resolves it, as a sentence. */
  readonly remedy: string;
  /** The line of the dialogue that shows it, shortened; undefined without such a line. */
  readonly line?: string;
}

/** An event with its time, in milliseconds since a fixed moment. */
export interface TimedEvent {
  readonly at: number;
  readonly event: FtpEvent;
}

/** A problem and its detection. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly remedy: string;
  /**
   * The problem as a sentence, if this event shows it.
   *
   * @param dialogue - The session before this event.
   */
  detect(event: FtpEvent, dialogue: Dialogue, at: number): string | undefined;
}

/** A rule for commands: the problem if the command is one of these. */
export function onCommand(
  names: readonly string[],
  problem: (name: string, argument: string) => string,
): Rule["detect"] {
  return (event) => {
    if (event.kind !== "command") {
      return undefined;
    }
    const { name, argument } = partsOf(event.line);
    return names.includes(name) ? problem(name, argument) : undefined;
  };
}

/** A rule for replies: the problem if the reply to this command matches. */
export function onReply(
  name: string | undefined,
  reply: RegExp,
  problem: (dialogue: Dialogue) => string | undefined,
): Rule["detect"] {
  return (event, dialogue) => {
    if (event.kind !== "reply" || !reply.test(event.text)) {
      return undefined;
    }
    return name === undefined || dialogue.command.name === name ? problem(dialogue) : undefined;
  };
}
