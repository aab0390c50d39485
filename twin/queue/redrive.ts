import { messagesOf, queuePairs } from "./queues";

/** A message in a dead-letter queue, with its upload. */
export interface DeadLetter {
  readonly id: string;
  readonly queue: string;
  /** ISO 8601. */
  readonly sent: string;
  /** How often it was received. */
  readonly receives: number;
  readonly device?: string;
  /** "/bucket/key" */
  readonly path?: string;
}

/** The messages in the dead-letter queues of a data folder, the oldest first. */
export function deadLetters(data: string): DeadLetter[] {
  return pairsIn(data).flatMap(({ queue, deadLetters }) => {
    const messages = messagesOf(data, deadLetters);
    return messages.names().flatMap((name): DeadLetter[] => {
      const message = messages.read(name);
      if (message === undefined) return [];
      const { id, sent, receives, body } = message;
      return [{ id, queue, sent: new Date(sent).toISOString(), receives, ...uploadIn(body) }];
    });
  });
}

/**
 * Moves all messages of the dead-letter queues back to their queues, as StartMessageMoveTask of SQS does. A running twin
 * processes them immediately.
 *
 * @returns the number of messages
 */
export function redrive(data: string): number {
  let moved = 0;
  for (const { queue, deadLetters } of pairsIn(data)) {
    const [from, to] = [messagesOf(data, deadLetters), messagesOf(data, queue)];
    for (const name of from.names()) {
      from.move(name, to, 0);
      moved++;
    }
  }
  return moved;
}

function pairsIn(data: string) {
  const pairs = queuePairs(data);
  if (pairs) return pairs;
  throw new Error(`There are no queues in ${data}. Give the folder of the twin with --data.`);
}

function uploadIn(body: string): Pick<DeadLetter, "device" | "path"> {
  try {
    const { detail } = JSON.parse(body) as { detail?: Record<string, string> };
    return { device: detail?.username, path: detail?.["file-path"] };
  } catch {
    return {};
  }
}
