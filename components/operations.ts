import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface OperationsArgs {
  /** The identity provider's function: when it fails, no device can log in. */
  identityFunction: aws.lambda.Function;
  /** Who is told of alarms. Each address has to confirm a mail from AWS first. Default nobody. */
  alarmEmails?: string[];
  /** Tags of everything made. Default none. */
  tags?: Record<string, string>;
}

/**
 * Alarms on what stops every device at once, told to a topic and by e-mail. CloudWatch bills each alarm by the
 * month.
 *
 * @example new Operations("site-operations", { identityFunction, alarmEmails: ["ops@example.com"] })
 */
export class Operations extends pulumi.ComponentResource {
  /** Subscribe more to it: alarms of this stack arrive here. */
  readonly topic: aws.sns.Topic;

  constructor(name: string, args: OperationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:Operations", name, {}, opts);
    const { identityFunction, tags } = args;
    const child = { parent: this };

    this.topic = new aws.sns.Topic(`${name}-alarms`, { tags }, child);
    for (const email of args.alarmEmails ?? []) {
      new aws.sns.TopicSubscription(
        `${name}-mail-${email}`,
        { topic: this.topic.arn, protocol: "email", endpoint: email },
        child,
      );
    }
    const alarm = (suffix: string, metricName: string, alarmDescription: string) =>
      new aws.cloudwatch.MetricAlarm(
        `${name}-${suffix}`,
        {
          alarmDescription,
          namespace: "AWS/Lambda",
          metricName,
          dimensions: { FunctionName: identityFunction.name },
          statistic: "Sum",
          period: 60,
          evaluationPeriods: 1,
          threshold: 1,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          // No login, no data point: a quiet night is not an alarm.
          treatMissingData: "notBreaching",
          alarmActions: [this.topic.arn],
          okActions: [this.topic.arn],
          tags,
        },
        child,
      );
    alarm("errors", "Errors", "The identity provider failed: devices cannot log in.");
    alarm("throttles", "Throttles", "Logins were throttled: devices were turned away.");

    this.registerOutputs({ topicArn: this.topic.arn });
  }
}
