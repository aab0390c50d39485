/** What a device does that fails, or surprises, on the deployed server. */
import type { FtpEvent } from "../ftp/events";
import type { Dialogue } from "./dialogue";
import { partsOf } from "./sent-command";

/**
 * fails: the server refuses it or the file does not arrive. risk: it works here, and AWS documents that it need
 * not, or leaves it open. note: it works, with a cost or a limit worth knowing.
 */
export type Severity = "fails" | "risk" | "note";

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** What happened, as a sentence. */
  readonly problem: string;
  /** What to change, as a sentence. */
  readonly remedy: string;
  /** The line of the dialogue that shows it, clipped; undefined when no line does. */
  readonly line?: string;
}

/** An event and when it happened, in milliseconds since any fixed moment. */
export interface TimedEvent {
  readonly at: number;
  readonly event: FtpEvent;
}

/** One problem and how it is seen. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly remedy: string;
  /**
   * What happened, when this event shows it.
   *
   * @param dialogue the session up to this event, the event itself not yet taken in
   */
  detect(event: FtpEvent, dialogue: Dialogue, at: number): string | undefined;
}

/** A rule for commands: the problem when the command is one of these. */
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

/** A rule for replies: the problem when this command was answered so. */
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
