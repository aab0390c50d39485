/** The steps of the canary, in this order. `compare` takes negligible time and is not measured. */
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

/** Metric in the program's namespace, by FunctionName: 1 when every step succeeded, otherwise 0. */
export const successMetric = "CanarySuccess";

/** Steps with a metric of their duration in milliseconds. */
export const measuredSteps = steps.filter((step) => step !== "compare");

/** `CanaryUpload` and so on. */
export function stepMetric(step: Step): string {
  return `Canary${step[0].toUpperCase()}${step.slice(1)}`;
}
