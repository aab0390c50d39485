import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { canaryUser } from "../../lambdas/canary/user";
import { lookUpAccount } from "../internal/account";
import { AlarmDefinition, alarmsOf, MetricSource } from "./alarms";
import { monthlyBudget } from "./budget";
import { dashboardBody } from "./dashboard";
import { AlarmLimits, usualLimits } from "./limits";
import { logMetrics } from "./metric-filters";
import { type InputTags } from "../internal/tags";

/** The canary's function, and the minutes between its runs. */
export interface MonitoredCanary {
  /** Name of the function. */
  readonly functionName: pulumi.Input<string>;
  /** Minutes between two runs. */
  readonly minutes: number;
}

/** The function that processes upload events, and its dead-letter queue. */
export interface MonitoredUploads {
  /** Name of the function. */
  readonly functionName: pulumi.Input<string>;
  /** Name of the dead-letter queue. */
  readonly deadLettersName: pulumi.Input<string>;
}

/** The resources to monitor, the thresholds of alarms, and their recipients. */
export interface OperationsArgs {
  /** Name of the identity provider's function; when it fails, no device can log in. */
  identityFunctionName: pulumi.Input<string>;
  /** Id of the Transfer server, `s-…`. */
  serverId: pulumi.Input<string>;
  /** Name of the log group with the server's structured log. */
  serverLogGroupName: pulumi.Input<string>;
  /** The canary's function, and the minutes between its runs. */
  canary?: MonitoredCanary;
  /** The function that processes upload events, and its dead-letter queue. */
  uploads?: MonitoredUploads;
  /** Thresholds of the alarms. Default: those of `usualLimits`. */
  limits?: AlarmLimits;
  /** E-mail addresses that receive alarms; each has to confirm AWS's subscription mail first. Default none. */
  alarmEmails?: string[];
  /** Create a dashboard. Default true. */
  dashboard?: boolean;
  /** A budget of the account in USD a month, which notifies `alarmEmails`. Default none. */
  budgetUsd?: number;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/**
 * Alarms to a topic and by e-mail, metrics from the server's log, a dashboard and a budget. CloudWatch bills alarms,
 * metrics and, beyond the account's free ones, dashboards per month (docs/operations.md).
 *
 * @example new Operations("site-operations", { identityFunctionName, serverId, serverLogGroupName, alarmEmails: ["ops@example.com"] })
 */
export class Operations extends pulumi.ComponentResource {
  /** ARN of the topic of all alarms; add subscriptions as needed. */
  readonly topicArn: pulumi.Output<string>;
  /** ARNs of the alarms. */
  readonly alarmArns: pulumi.Output<string[]>;

  constructor(name: string, args: OperationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:Operations", name, args, opts);
    const { canary, alarmEmails = [], budgetUsd, tags } = args;
    const child = { parent: this };
    this.topicArn = new aws.sns.Topic(`${name}-alarms`, { tags }, child).arn;
    for (const email of alarmEmails) {
      new aws.sns.TopicSubscription(
        `${name}-mail-${email}`,
        { topic: this.topicArn, protocol: "email", endpoint: email },
        child,
      );
    }
    const hasUploadEvents = args.uploads !== undefined;
    const counted = logMetrics({ probe: canary && canaryUser, hasUploadEvents });
    for (const { suffix, pattern, metricName } of counted) {
      new aws.cloudwatch.LogMetricFilter(
        `${name}-${suffix}`,
        {
          logGroupName: args.serverLogGroupName,
          pattern,
          metricTransformation: {
            namespace: logNamespaceOf(name),
            name: metricName,
            value: "1",
            defaultValue: "0",
          },
        },
        child,
      );
    }
    const definitions = alarmsOf({
      limits: { ...usualLimits, ...args.limits },
      canaryMinutes: canary?.minutes,
      hasUploadEvents,
    });
    this.alarmArns = pulumi.all(
      definitions.map((definition) => this.alarm(name, definition, args).arn),
    );
    if (args.dashboard ?? true) this.dashboard(name, args);
    if (budgetUsd !== undefined) {
      const budget = monthlyBudget(budgetUsd, alarmEmails);
      new aws.budgets.Budget(`${name}-budget`, { ...budget, tags }, child);
    }

    this.registerOutputs({ topicArn: this.topicArn, alarmArns: this.alarmArns });
  }

  private alarm(
    name: string,
    definition: AlarmDefinition,
    args: OperationsArgs,
  ): aws.cloudwatch.MetricAlarm {
    const { suffix, statistic, periods = 1 } = definition;
    return new aws.cloudwatch.MetricAlarm(
      `${name}-${suffix}`,
      {
        alarmDescription: `${definition.description} (docs/operations.md, ${suffix})`,
        namespace: definition.namespace ?? logNamespaceOf(name),
        metricName: definition.metricName,
        dimensions: dimensionsOf(definition.source, args),
        ...(statistic === "p90" ? { extendedStatistic: statistic } : { statistic }),
        period: definition.periodSeconds,
        evaluationPeriods: periods,
        threshold: definition.threshold,
        comparisonOperator: definition.below
          ? "LessThanThreshold"
          : "GreaterThanOrEqualToThreshold",
        treatMissingData: definition.missing,
        alarmActions: [this.topicArn],
        okActions: [this.topicArn],
        tags: args.tags,
      },
      { parent: this },
    );
  }

  private dashboard(name: string, args: OperationsArgs): void {
    const { canary, uploads } = args;
    const dashboardBodyText = pulumi.jsonStringify(
      pulumi
        .all([
          lookUpAccount(this).region,
          args.identityFunctionName,
          args.serverId,
          this.alarmArns,
          canary?.functionName ?? "",
          uploads?.functionName ?? "",
          uploads?.deadLettersName ?? "",
        ])
        .apply(([region, loginFunction, serverId, alarmArns, canaryFunction, worker, queue]) =>
          dashboardBody({
            region,
            loginFunction,
            serverId,
            logNamespace: logNamespaceOf(name),
            alarmArns,
            canaryFunction: canaryFunction || undefined,
            uploads: worker ? { function: worker, deadLetters: queue } : undefined,
          }),
        ),
    );
    new aws.cloudwatch.Dashboard(
      `${name}-dashboard`,
      { dashboardName: name, dashboardBody: dashboardBodyText },
      { parent: this },
    );
  }
}

function dimensionsOf(
  source: MetricSource,
  { identityFunctionName, serverId, canary, uploads }: OperationsArgs,
): Record<string, pulumi.Input<string>> | undefined {
  switch (source) {
    case "login":
      return { FunctionName: identityFunctionName };
    case "canary":
      return canary && { FunctionName: canary.functionName };
    case "uploads":
      return uploads && { FunctionName: uploads.functionName };
    case "server":
      return { ServerId: serverId };
    case "deadLetters":
      return uploads && { QueueName: uploads.deadLettersName };
    case "log":
      return undefined;
  }
}

/** A metric from a log has no dimension that separates two stacks: so each stack has a namespace. */
function logNamespaceOf(name: string): string {
  return `CanalFtp/${name}`;
}
