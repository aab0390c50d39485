import * as fs from "node:fs";
import * as path from "node:path";

import { EvaluatedStack, ofType, Resource } from "../../lib/stack/resource";
import { MessageFolder } from "./message-folder";
import { Message, Queue } from "./queue";

/** The names of a queue and its dead-letter queue. */
export interface QueuePair {
  readonly queue: string;
  readonly deadLetters: string;
}

/** A queue's `redrivePolicy`. */
interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

const queueFolder = (data: string, name: string) => path.join(data, "queues", name);

const pairsFile = (data: string) => path.join(data, "queues", "queues.json");

/**
 * The queues of a stack by their ARNs, each a folder in `queues/`. A file next to them lists the dead-letter queues for
 * a redrive.
 *
 * @param longestDelayMs - Milliseconds of delivery delay that a queue has at the most.
 */
export function openQueues(
  { resources }: EvaluatedStack,
  data: string,
  onDeadLetter: (queueName: string, message: Message) => void,
  longestDelayMs = Infinity,
): Map<string, Queue> {
  const all = ofType(resources, "aws:sqs/queue:Queue");
  const folders = new Map(
    all.map(({ outputs }) => [
      String(outputs.arn),
      new MessageFolder(queueFolder(data, String(outputs.name))),
    ]),
  );
  const pairs: QueuePair[] = [];
  const queues = all.map((resource): [string, Queue] => {
    const { arn, visibilityTimeoutSeconds, delaySeconds } = resource.outputs;
    const name = String(resource.outputs.name);
    const policy = redrivePolicyOf(resource);
    const to = policy && folders.get(policy.deadLetterTargetArn);
    if (to) pairs.push({ queue: name, deadLetters: path.basename(to.folder) });
    const queue = new Queue({
      messages: folders.get(String(arn))!,
      visibilityMs: Number(visibilityTimeoutSeconds ?? 30) * 1000,
      delayMs: Math.min(Number(delaySeconds ?? 0) * 1000, longestDelayMs),
      redrive: to && policy && { to, maxReceives: policy.maxReceiveCount },
      onDeadLetter: (message) => onDeadLetter(name, message),
    });
    return [String(arn), queue];
  });
  if (all.length > 0) fs.writeFileSync(pairsFile(data), `${JSON.stringify(pairs)}\n`);
  return new Map(queues);
}

function redrivePolicyOf({ outputs }: Resource): RedrivePolicy | undefined {
  const text = outputs.redrivePolicy;
  return text === undefined ? undefined : (JSON.parse(String(text)) as RedrivePolicy);
}

/** The queues with a dead-letter queue in a data folder; undefined when no twin with queues has used the folder. */
export function queuePairs(data: string): QueuePair[] | undefined {
  const file = pairsFile(data);
  return fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, "utf8")) as QueuePair[])
    : undefined;
}

/** The messages of a queue in a data folder. */
export function messagesOf(data: string, queueName: string): MessageFolder {
  return new MessageFolder(queueFolder(data, queueName));
}
