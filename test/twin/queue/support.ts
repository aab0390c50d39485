import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { EvaluatedStack, Resource } from "../../../lib/stack/resource";

/** A temporary folder; `remove` deletes it with its contents. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-queue-"));
  return { path: folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

/** A resource with the given outputs. */
export function resource(type: string, name: string, outputs: object, id = name): Resource {
  return {
    key: `${type}::${name}`,
    type,
    name,
    id,
    inputs: {},
    outputs: { ...outputs },
    secrets: [],
    protect: false,
  };
}

export function stackOf(...resources: Resource[]): EvaluatedStack {
  return { project: "p", stack: "s", resources, outputs: {} };
}

export const arnOf = (queue: string) => `arn:aws:sqs:eu-west-1:123456789012:${queue}`;

/** A queue with the name of its resource. */
export function queueResource(name: string, more: object = {}): Resource {
  const url = `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`;
  return resource("aws:sqs/queue:Queue", name, { name, arn: arnOf(name), url, ...more });
}

/** A queue's redrivePolicy. */
export const redrivePolicy = (deadLetters: string, maxReceiveCount: number) =>
  JSON.stringify({ deadLetterTargetArn: arnOf(deadLetters), maxReceiveCount });
