import { messagesOf, queuePairs } from "./queues";

/** A message in a dead-letter queue, as somebody wants to see it. */
export interface DeadLetter {
  readonly id: string;
  readonly queue: string;
  /** ISO 8601. */
  readonly sent: string;
  /** Times it was tried. */
  readonly receives: number;
  readonly device?: string;
  /** "/bucket/key" */
  readonly path?: string;
}

/** What waits in the dead-letter queues of a twin's data folder, the oldest first. */
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
 * Puts everything in the dead-letter queues back into the queues it came from, to be tried anew, as StartMessageMoveTask
 * of SQS does. The twin may be running: it then takes them at once.
 *
 * @returns how many
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
  throw new Error(
    `There are no queues in ${data}; --data names the folder that npm start was given.`,
  );
}

function uploadIn(body: string): Pick<DeadLetter, "device" | "path"> {
  try {
    const { detail } = JSON.parse(body) as { detail?: Record<string, string> };
    return { device: detail?.username, path: detail?.["file-path"] };
  } catch {
    return {};
  }
}
