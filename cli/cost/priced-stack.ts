import { ofType, type EvaluatedStack, type Resource } from "../../lib/stack/resource";
import {
  daysPerMonth,
  runsPerMonth,
  type FunctionCalls,
  type PricedStack,
  type Usage,
} from "../../resources/cost-item";
import { findServer } from "../../twin/wiring/find-server";
import { identityFunction } from "../../twin/wiring/identity";

/** A hundred devices, each with a file of a few hundred kilobytes an hour. */
export const usualUsage: Usage = {
  loginsPerDay: 2400,
  filesPerDay: 2400,
  storedGb: 20,
  transferredGb: 20,
  remembered: 0,
};

/** Seconds of a login with the hash at 512 MB, and of a remembered one (see docs/costs.md, "One login"). */
const hashSeconds = 0.17;
const rememberedSeconds = 0.01;

/** Seconds assumed for a message of a queue, and for a scheduled call. */
const messageSeconds = 0.5;
const scheduledSeconds = 5;

/** Memory of a function without a setting, in MB. */
const defaultMemoryMb = 128;

/** The facts from which the items of a stack's bill are counted. */
export function pricedStack(stack: EvaluatedStack, usage: Usage): PricedStack {
  const { resources } = stack;
  const functions = ofType(resources, "aws:lambda/function:Function");
  const login = loginFunction(stack);
  return {
    resources,
    usage,
    loginFunction: login,
    functionCalls: functions.map((each) => ({
      memoryMb: Number(each.outputs.memorySize ?? defaultMemoryMb),
      ...callsOf(each, each === login, resources, usage),
    })),
    scheduledFunctions: functions.filter((each) => scheduledCalls(resources, each) > daysPerMonth)
      .length,
  };
}

/** The function that decides logins; undefined for a stack without a server that the twin could serve. */
function loginFunction(stack: EvaluatedStack): Resource | undefined {
  try {
    return identityFunction(stack, findServer(stack));
  } catch {
    return undefined;
  }
}

/** Calls of a function by what the stack connects it to. */
function callsOf(
  called: Resource,
  isLogin: boolean,
  resources: readonly Resource[],
  { loginsPerDay, filesPerDay, remembered }: Usage,
): Omit<FunctionCalls, "memoryMb"> {
  if (isLogin) {
    const seconds = hashSeconds * (1 - remembered) + rememberedSeconds * remembered;
    return { calls: loginsPerDay * daysPerMonth, seconds };
  }
  const scheduled = scheduledCalls(resources, called);
  if (scheduled > 0) return { calls: scheduled, seconds: scheduledSeconds };
  const isFed = ofType(resources, "aws:lambda/eventSourceMapping:EventSourceMapping").some(
    ({ outputs }) => refersTo(outputs.functionName, called),
  );
  // A call may receive several messages of a queue; one each is the highest cost.
  return { calls: isFed ? filesPerDay * daysPerMonth : 0, seconds: messageSeconds };
}

/** Calls a month by rules and schedules. */
function scheduledCalls(resources: readonly Resource[], target: Resource): number {
  const rules = ofType(resources, "aws:cloudwatch/eventTarget:EventTarget")
    .filter(({ outputs }) => refersTo(outputs.arn, target))
    .map(({ outputs }) =>
      ofType(resources, "aws:cloudwatch/eventRule:EventRule").find(({ id, outputs: rule }) =>
        [id, rule.name].includes(outputs.rule),
      ),
    )
    .map((rule) => runsPerMonth(rule?.outputs.scheduleExpression));
  const schedules = ofType(resources, "aws:scheduler/schedule:Schedule")
    .filter(({ outputs }) =>
      refersTo((outputs.target as { arn?: unknown } | undefined)?.arn, target),
    )
    .map(({ outputs }) => runsPerMonth(outputs.scheduleExpression));
  return [...rules, ...schedules].reduce((sum, calls) => sum + calls, 0);
}

function refersTo(value: unknown, { id, outputs }: Resource): boolean {
  return value !== undefined && [id, outputs.arn, outputs.name].includes(value);
}
