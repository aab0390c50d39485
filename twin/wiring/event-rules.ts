import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import { EventPattern, parsePattern } from "../../lib/event-pattern";
import { authorize, NamedPolicy } from "../../lib/iam";
import { WiringError } from "./find-server";

/** A rule of the stack with the queues its events go to. */
export interface EventRule {
  readonly resource: Resource;
  readonly matches: EventPattern;
  readonly targets: readonly EventTarget[];
}

export interface EventTarget {
  readonly resource: Resource;
  /** ARN of the queue. */
  readonly queueArn: string;
  /** Why EventBridge may not put events into it. */
  readonly refusal?: string;
  /** Where they go then, if EventBridge may put them there. */
  readonly deadLetterArn?: string;
}

/** What of a target would change the event on its way. */
const transforming = ["input", "inputPath", "inputTransformer"];

/**
 * The rules on events of the account's bus that put them into queues of the stack. Rules on a schedule, and those
 * that tell somebody else, are none of these.
 *
 * @throws WiringError for what the twin would deliver otherwise than EventBridge
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
  const changed = transforming.find((name) => outputs[name] !== undefined);
  if (changed) throw new WiringError(`${label(target)} has ${changed}, which the twin cannot do.`);
  const refusal = putRefusal(stack, rule, String(outputs.arn));
  const { arn } = (outputs.deadLetterConfig ?? {}) as { arn?: string };
  const keeps = arn !== undefined && putRefusal(stack, rule, arn) === undefined;
  return {
    resource: target,
    queueArn: String(outputs.arn),
    refusal,
    deadLetterArn: keeps ? arn : undefined,
  };
}

/** EventBridge acts for the rule, and only the queue's own policy can let it. */
function putRefusal(stack: EvaluatedStack, rule: Resource, queueArn: string): string | undefined {
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
    identityPolicies: [],
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
