import { ofType, type EvaluatedStack, type Resource } from "../../lib/stack/resource";
import { findServer } from "../../twin/wiring/find-server";
import { identityFunction } from "../../twin/wiring/identity";
import { DAYS, filesOf, loginsOf, type Usage } from "./usage";

/** Seconds of a login with the hash at 512 MB, and of a remembered one (see docs/costs.md, "One login"). */
const HASH_SECONDS = 0.17;
const REMEMBERED_SECONDS = 0.01;

/** Seconds that a function is taken to need for a message of a queue, and for a scheduled round. */
const MESSAGE_SECONDS = 0.5;
const ROUND_SECONDS = 5;

/** How often a function is called in a month, and how long it runs each time. */
export interface Calls {
  readonly resource: Resource;
  readonly calls: number;
  readonly seconds: number;
}

/** Every function of the stack with its calls, by what the stack ties it to. */
export function callsOf(stack: EvaluatedStack, usage: Usage): Calls[] {
  const login = identityOf(stack);
  return ofType(stack.resources, "aws:lambda/function:Function").map((resource) => {
    if (resource === login) {
      const { remembered } = usage;
      const seconds = HASH_SECONDS * (1 - remembered) + REMEMBERED_SECONDS * remembered;
      return { resource, calls: loginsOf(usage), seconds };
    }
    const rounds = roundsOf(stack.resources, resource);
    if (rounds > 0) return { resource, calls: rounds, seconds: ROUND_SECONDS };
    // A queue gives several messages to one call; one each is the most it can be.
    const isFed = mappingsOf(stack.resources).some(({ outputs }) =>
      names(outputs.functionName, resource),
    );
    return { resource, calls: isFed ? filesOf(usage) : 0, seconds: MESSAGE_SECONDS };
  });
}

/** How many functions a schedule calls; each tells of its steps by metrics, as the canary does. */
export function scheduledFunctions({ resources }: EvaluatedStack): number {
  return ofType(resources, "aws:lambda/function:Function").filter(
    (resource) => roundsOf(resources, resource) > 0,
  ).length;
}

/** The function that logins end at; undefined where the stack has no server that the twin could serve. */
export function identityOf(stack: EvaluatedStack): Resource | undefined {
  try {
    return identityFunction(stack, findServer(stack));
  } catch {
    return undefined;
  }
}

export function mappingsOf(resources: readonly Resource[]): Resource[] {
  return ofType(resources, "aws:lambda/eventSourceMapping:EventSourceMapping");
}

/** Calls a month by rules and schedules. */
function roundsOf(resources: readonly Resource[], target: Resource): number {
  const rules = ofType(resources, "aws:cloudwatch/eventTarget:EventTarget")
    .filter(({ outputs }) => names(outputs.arn, target))
    .map(({ outputs }) =>
      ofType(resources, "aws:cloudwatch/eventRule:EventRule").find(({ id, outputs: rule }) =>
        [id, rule.name].includes(outputs.rule),
      ),
    )
    .map((rule) => perMonth(String(rule?.outputs.scheduleExpression ?? "")));
  const schedules = ofType(resources, "aws:scheduler/schedule:Schedule")
    .filter(({ outputs }) => names((outputs.target as { arn?: unknown } | undefined)?.arn, target))
    .map(({ outputs }) => perMonth(String(outputs.scheduleExpression ?? "")));
  return [...rules, ...schedules].reduce((sum, rounds) => sum + rounds, 0);
}

function names(value: unknown, { id, outputs }: Resource): boolean {
  return value !== undefined && [id, outputs.arn, outputs.name].includes(value);
}

const MINUTES: Record<string, number> = { minute: 1, hour: 60, day: 1440 };

/** Times a month of `rate(5 minutes)`; 0 for no schedule, once a day for a cron line. */
export function perMonth(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit !== undefined) return (DAYS * 1440) / (Number(count) * MINUTES[unit]);
  return expression.startsWith("cron(") ? DAYS : 0;
}
