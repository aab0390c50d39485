/** What the canary does, in this order. `compare` takes no time to speak of and is not measured. */
export const steps = [
  "connect",
  "login",
  "upload",
  "list",
  "download",
  "compare",
  "delete",
] as const;
export type Step = (typeof steps)[number];

/** Metrics, in the namespace of the program, by FunctionName: 1 when every step went well, otherwise 0. */
export const successMetric = "CanarySuccess";

/** Steps that have a metric of their milliseconds. */
export const measuredSteps = steps.filter((step) => step !== "compare");

/** `CanaryUpload` and so on. */
export function stepMetric(step: Step): string {
  return `Canary${step[0].toUpperCase()}${step.slice(1)}`;
}
