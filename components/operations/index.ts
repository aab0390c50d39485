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
  readonly function: aws.lambda.Function;
  readonly minutes: number;
}

/** The function that processes upload events, and its dead-letter queue. */
export interface MonitoredUploads {
  readonly function: aws.lambda.Function;
  readonly deadLetters: aws.sqs.Queue;
}

/** The resources to monitor, the thresholds of alarms, and their recipients. */
export interface OperationsArgs {
  /** The identity provider's function; when it fails, no device can log in. */
  identityFunction: aws.lambda.Function;
  server: aws.transfer.Server;
  /** The server's structured log. */
  serverLog: aws.cloudwatch.LogGroup;
  /** The canary's function, and the minutes between its runs. */
  canary?: MonitoredCanary;
  /** The function that processes upload events, and its dead-letter queue. */
  uploads?: MonitoredUploads;
  /** Default {@link usualLimits}. */
  limits?: Partial<AlarmLimits>;
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
 * @example new Operations("site-operations", { identityFunction, server, serverLog, alarmEmails: ["ops@example.com"] })
 */
export class Operations extends pulumi.ComponentResource {
  /** Topic of all alarms; add subscriptions as needed. */
  readonly topic: aws.sns.Topic;
  readonly alarms: aws.cloudwatch.MetricAlarm[];

  constructor(name: string, args: OperationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:Operations", name, {}, opts);
    const { canary, alarmEmails = [], budgetUsd, tags } = args;
    const child = { parent: this };
    this.topic = new aws.sns.Topic(`${name}-alarms`, { tags }, child);
    for (const email of alarmEmails) {
      new aws.sns.TopicSubscription(
        `${name}-mail-${email}`,
        { topic: this.topic.arn, protocol: "email", endpoint: email },
        child,
      );
    }
    const hasUploadEvents = args.uploads !== undefined;
    const counted = logMetrics({ probe: canary && canaryUser, hasUploadEvents });
    for (const { suffix, pattern, metricName } of counted) {
      new aws.cloudwatch.LogMetricFilter(
        `${name}-${suffix}`,
        {
          logGroupName: args.serverLog.name,
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
    this.alarms = definitions.map((definition) => this.alarm(name, definition, args));
    if (args.dashboard ?? true) this.dashboard(name, args);
    if (budgetUsd !== undefined) {
      const budget = monthlyBudget(budgetUsd, alarmEmails);
      new aws.budgets.Budget(`${name}-budget`, { ...budget, tags }, child);
    }

    this.registerOutputs({ topicArn: this.topic.arn });
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
        alarmActions: [this.topic.arn],
        okActions: [this.topic.arn],
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
          args.identityFunction.name,
          args.server.id,
          pulumi.all(this.alarms.map(({ arn }) => arn)),
          canary?.function.name ?? "",
          uploads?.function.name ?? "",
          uploads?.deadLetters.name ?? "",
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
  { identityFunction, server, canary, uploads }: OperationsArgs,
): Record<string, pulumi.Input<string>> | undefined {
  switch (source) {
    case "login":
      return { FunctionName: identityFunction.name };
    case "canary":
      return canary && { FunctionName: canary.function.name };
    case "uploads":
      return uploads && { FunctionName: uploads.function.name };
    case "server":
      return { ServerId: server.id };
    case "deadLetters":
      return uploads && { QueueName: uploads.deadLetters.name };
    case "log":
      return undefined;
  }
}

/** A metric from a log has no dimension that separates two stacks: so each stack has a namespace. */
function logNamespaceOf(name: string): string {
  return `CanalFtp/${name}`;
}
