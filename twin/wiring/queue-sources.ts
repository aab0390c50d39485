import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { authorize } from "../../lib/iam";
import { WiringError } from "./find-server";
import type { RoleResource } from "./roles";
import { roleOfFunction } from "./stack-function";

/** A function of the stack that takes messages from a queue of the stack. */
export interface QueueSource {
  readonly function: Resource;
  readonly role: RoleResource;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly reportsFailures: boolean;
}

/** What of a mapping the twin would do otherwise than Lambda. */
const strange = ["filterCriteria", "parallelizationFactor", "provisionedPollerConfig"];

/** What Lambda does with a queue, in the function's name. */
const needed = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/**
 * The event source mappings of the stack that are on and poll a queue.
 *
 * @throws WiringError for one that AWS would not make, or that the twin would serve otherwise
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
  const odd = strange.find((name) => !isUsual(mapping.outputs[name]));
  if (odd) throw new WiringError(`${label(mapping)} has ${odd}, which the twin cannot do.`);

  const visibility = Number(queue.outputs.visibilityTimeoutSeconds ?? 30);
  const timeout = Number(target.outputs.timeout ?? 3);
  if (visibility < timeout) {
    throw new WiringError(
      `${label(queue)} hides messages for ${visibility} s and ${label(target)} may take ${timeout} s: AWS refuses the mapping.`,
    );
  }
  const role = roleOfFunction(stack, target);
  refuseWithoutQueue(role, mapping, String(eventSourceArn));
  return {
    function: target,
    role,
    queueArn: String(eventSourceArn),
    batchSize: Number(batchSize ?? 10),
    reportsFailures: [functionResponseTypes].flat().includes("ReportBatchItemFailures"),
  };
}

/** Not asked for; or one at a time, as it is done here. The state of a deployed mapping says 0 of what queues have not. */
function isUsual(value: unknown): boolean {
  return value === undefined || value === 0 || value === 1;
}

function refuseWithoutQueue(role: RoleResource, mapping: Resource, queueArn: string): void {
  for (const action of needed) {
    const decision = authorize({
      action,
      resource: queueArn,
      context: { "aws:SecureTransport": "true" },
      principal: { type: "role", roleArn: role.arn, sessionName: "function" },
      identityPolicies: role.policies,
      resourcePolicies: [],
    });
    if (!decision.allowed) {
      throw new WiringError(`${label(mapping)} cannot poll: ${decision.reason}`);
    }
  }
}
