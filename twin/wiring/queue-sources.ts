import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { type RoleResource, roleRefusal } from "./roles";
import { roleOfFunction } from "./stack-function";
import { WiringError } from "./wiring-error";

/** A function of the stack that processes messages of a queue of the stack. */
export interface QueueSource {
  readonly function: Resource;
  readonly role: RoleResource;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly reportsFailures: boolean;
}

/** Settings of a mapping that the twin does not implement. */
const unsupportedSettings = ["filterCriteria", "parallelizationFactor", "provisionedPollerConfig"];

/** What Lambda does with the queue, with the function's role. */
const pollActions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/**
 * The queues that enabled event source mappings of the stack poll.
 *
 * @throws WiringError for a mapping that AWS would not create, or that the twin cannot serve as Lambda does
 */
export function queueSources(stack: EvaluatedStack): QueueSource[] {
  return ofType(stack.resources, "aws:lambda/eventSourceMapping:EventSourceMapping")
    .filter(({ outputs }) => outputs.enabled !== false)
    .map((mapping) => sourceOf(stack, mapping));
}

function sourceOf(stack: EvaluatedStack, mapping: Resource): QueueSource {
  const { eventSourceArn, functionName, batchSize, functionResponseTypes } = mapping.outputs;
  const queue = ofType(stack.resources, "aws:sqs/queue:Queue").find(
    ({ outputs }) => outputs.arn === eventSourceArn,
  );
  if (!queue) throw new WiringError(`${label(mapping)} polls no queue that the stack makes.`);
  const target = ofType(stack.resources, "aws:lambda/function:Function").find(({ outputs }) =>
    [outputs.arn, outputs.name].includes(functionName),
  );
  if (!target) throw new WiringError(`${label(mapping)} calls no function that the stack makes.`);
  const unsupported = unsupportedSettings.find((name) => !isDefault(mapping.outputs[name]));
  if (unsupported) {
    throw new WiringError(`${label(mapping)} has ${unsupported}, which the twin does not support.`);
  }

  const visibility = Number(queue.outputs.visibilityTimeoutSeconds ?? 30);
  const timeout = Number(target.outputs.timeout ?? 3);
  if (visibility < timeout) {
    throw new WiringError(
      `${label(queue)} hides messages for ${visibility} s and ${label(target)} may take ${timeout} s: AWS rejects the mapping.`,
    );
  }
  const role = roleOfFunction(stack, target);
  requirePolling(role, mapping, String(eventSourceArn));
  return {
    function: target,
    role,
    queueArn: String(eventSourceArn),
    batchSize: Number(batchSize ?? 10),
    reportsFailures: [functionResponseTypes].flat().includes("ReportBatchItemFailures"),
  };
}

/** Not set, or one at a time as the twin does. The state of a deployed mapping has 0 for settings queues do not have. */
function isDefault(value: unknown): boolean {
  return value === undefined || value === 0 || value === 1;
}

function requirePolling(role: RoleResource, mapping: Resource, queueArn: string): void {
  for (const action of pollActions) {
    const refusal = roleRefusal(role, action, queueArn);
    if (refusal) throw new WiringError(`${label(mapping)} cannot poll: ${refusal}`);
  }
}
