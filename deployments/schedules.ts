import type { CustomResourceOptions } from "@pulumi/pulumi";
import * as cloud from "@pulumi/pulumiservice";

import type { StackSettings } from "./check-stack";
import { projectName } from "./project";

/** The schedules of a stack. Drift is reported and not corrected, since it can be an operator's repair. */
export function schedule(
  organization: string,
  { name, driftCron, ttl, destroyCron }: StackSettings,
  opts: CustomResourceOptions,
): void {
  const stack = { organization, project: projectName, stack: name };
  new cloud.DriftSchedule(name, { ...stack, scheduleCron: driftCron, autoRemediate: false }, opts);
  if (ttl) {
    new cloud.TtlSchedule(name, { ...stack, timestamp: ttl, deleteAfterDestroy: false }, opts);
  }
  if (destroyCron) {
    const args = { ...stack, scheduleCron: destroyCron, pulumiOperation: "destroy" as const };
    new cloud.DeploymentSchedule(`${name}-destroy`, args, opts);
  }
}
