import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { EventPattern, parsePattern } from "../../lib/event-pattern";
import { authorize, NamedPolicy } from "../../lib/iam";
import { WiringError } from "./wiring-error";

/** A rule of the stack with the queues that receive its events. */
export interface EventRule {
  readonly resource: Resource;
  readonly matches: EventPattern;
  readonly targets: readonly EventTarget[];
}

export interface EventTarget {
  readonly resource: Resource;
  /** ARN of the queue. */
  readonly queueArn: string;
  /** Why EventBridge may not send events to it. */
  readonly refusal?: string;
  /** The queue that receives them instead, if EventBridge may send to it. */
  readonly deadLetterArn?: string;
}

/** Settings of a target that change the event. */
const unsupportedSettings = ["input", "inputPath", "inputTransformer"];

/**
 * The stack's rules for events, with those of their targets that are queues of the stack. Rules on a schedule and
 * other targets are left out.
 *
 * @throws WiringError for a rule or target that the twin cannot deliver as EventBridge does
 */
export function eventRules(stack: EvaluatedStack): EventRule[] {
  const { resources } = stack;
  const queues = new Set(
    ofType(resources, "aws:sqs/queue:Queue").map(({ outputs }) => outputs.arn),
  );
  return ofType(resources, "aws:cloudwatch/eventRule:EventRule")
    .filter(({ outputs }) => outputs.eventPattern !== undefined && outputs.state !== "DISABLED")
    .map((rule): EventRule => {
      const targets = ofType(resources, "aws:cloudwatch/eventTarget:EventTarget")
        .filter(({ outputs }) => outputs.rule === rule.outputs.name && queues.has(outputs.arn))
        .map((target) => targetOf(stack, rule, target));
      return { resource: rule, matches: patternOf(rule), targets };
    });
}

function patternOf(rule: Resource): EventPattern {
  try {
    return parsePattern(String(rule.outputs.eventPattern));
  } catch (error) {
    throw new WiringError(`${label(rule)}: ${(error as Error).message}`);
  }
}

function targetOf(stack: EvaluatedStack, rule: Resource, target: Resource): EventTarget {
  const { outputs } = target;
  const unsupported = unsupportedSettings.find((name) => outputs[name] !== undefined);
  if (unsupported) {
    throw new WiringError(`${label(target)} has ${unsupported}, which the twin does not support.`);
  }
  const refusal = sendRefusal(stack, rule, String(outputs.arn));
  const { arn } = (outputs.deadLetterConfig ?? {}) as { arn?: string };
  const canKeep = arn !== undefined && sendRefusal(stack, rule, arn) === undefined;
  return {
    resource: target,
    queueArn: String(outputs.arn),
    refusal,
    deadLetterArn: canKeep ? arn : undefined,
  };
}

/** Why EventBridge may not send to the queue for the rule. Only the queue's policy can allow it. */
function sendRefusal(stack: EvaluatedStack, rule: Resource, queueArn: string): string | undefined {
  const [, , , , accountId] = queueArn.split(":");
  const decision = authorize({
    action: "sqs:SendMessage",
    resource: queueArn,
    context: {
      "aws:SourceArn": String(rule.outputs.arn),
      "aws:SourceAccount": accountId,
      "aws:SecureTransport": "true",
    },
    principal: { type: "service", service: "events.amazonaws.com" },
    resourcePolicies: queuePolicies(stack, queueArn),
  });
  return decision.allowed ? undefined : decision.reason;
}

function queuePolicies({ resources }: EvaluatedStack, queueArn: string): NamedPolicy[] {
  const queue = ofType(resources, "aws:sqs/queue:Queue").find(
    ({ outputs }) => outputs.arn === queueArn,
  );
  return ofType(resources, "aws:sqs/queuePolicy:QueuePolicy")
    .filter(({ outputs }) => outputs.queueUrl === queue?.outputs.url)
    .map((policy) => ({ source: label(policy), document: String(policy.outputs.policy) }));
}
