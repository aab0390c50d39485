import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { queryPrefix, rowPrefix } from "../lambdas/upload-events/upload-row";
import { lambdaFunction } from "./internal/lambda-function";
import { silentDevicesAccess } from "./internal/report-policies";
import { type InputTags } from "./internal/tags";

/** The log to read, and the recipients. */
export interface SilentDevicesReportArgs {
  /** Name in the subject. */
  stack: string;
  /** Name of the database of the log of uploads. */
  databaseName: pulumi.Input<string>;
  /** ARN of the database. */
  databaseArn: pulumi.Input<string>;
  /** ARN of the table. */
  tableArn: pulumi.Input<string>;
  /** Name of the bucket of the log. */
  logBucketName: pulumi.Input<string>;
  /** ARN of the bucket. */
  logBucketArn: pulumi.Input<string>;
  /** E-mail addresses that receive the report; each has to confirm AWS's subscription mail first. */
  emails: string[];
  /** Hours without a file after which a device is silent. Default 24. */
  silentHours?: number;
  /** When it is sent, as a schedule of EventBridge in UTC. Default `cron(0 0 * * ? *)`, which is 9:00 in Japan. */
  schedule?: string;
  /** KMS key of the log. Default: S3's own keys. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days the function's log is kept. Default 90. */
  logRetentionDays?: number;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/** A query that would read more is cancelled: ten times the rows of a hundred thousand uploads a day. Bytes. */
const mostBytesRead = 10 * 1024 ** 3;

/**
 * A daily mail of the devices that have not uploaded a file for some time: a schedule, a function that queries the log
 * of uploads in a workgroup of its own, and a topic. Athena bills a query by the bytes it reads, 10 MB at least.
 *
 * @example new SilentDevicesReport("site-silence", { stack: "site", databaseName, databaseArn, tableArn, logBucketName, logBucketArn, emails: ["ops@example.com"] })
 */
export class SilentDevicesReport extends pulumi.ComponentResource {
  /** ARN of the topic of the reports. */
  readonly topicArn: pulumi.Output<string>;
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;
  /** ARN of the function. */
  readonly functionArn: pulumi.Output<string>;

  constructor(name: string, args: SilentDevicesReportArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:SilentDevicesReport", name, args, opts);
    const { stack, silentHours = 24, tags } = args;
    const child = { parent: this };
    this.topicArn = new aws.sns.Topic(`${name}-mails`, { tags }, child).arn;
    for (const email of args.emails) {
      new aws.sns.TopicSubscription(
        `${name}-mail-${email}`,
        { topic: this.topicArn, protocol: "email", endpoint: email },
        child,
      );
    }
    const workgroup = new aws.athena.Workgroup(
      `${name}-queries`,
      {
        description: "Queries of the report of silent devices",
        // A destroy deletes the history of queries.
        forceDestroy: true,
        configuration: {
          bytesScannedCutoffPerQuery: mostBytesRead,
          enforceWorkgroupConfiguration: true,
          publishCloudwatchMetricsEnabled: false,
          resultConfiguration: {
            outputLocation: pulumi.interpolate`s3://${args.logBucketName}/${queryPrefix}/`,
          },
        },
        tags,
      },
      child,
    );
    const made = lambdaFunction(
      name,
      {
        source: "silent-devices",
        description: "Reports devices that have not uploaded a file",
        roleDescription: "The function that reports silent devices",
        memorySize: 128,
        // Ample for a query of a month's rows.
        timeoutSeconds: 300,
        logRetentionDays: args.logRetentionDays ?? 90,
        access: (role, logGroup) =>
          new aws.iam.RolePolicy(
            `${name}-access`,
            { role: role.id, policy: this.policy(args, workgroup, logGroup) },
            child,
          ),
        variables: {
          STACK: stack,
          DATABASE: args.databaseName,
          WORKGROUP: workgroup.name,
          TOPIC_ARN: this.topicArn,
          SILENT_HOURS: String(silentHours),
        },
        tags,
      },
      this,
    ).function;
    this.functionName = made.name;
    this.functionArn = made.arn;
    this.runDaily(name, args);

    this.registerOutputs({
      topicArn: this.topicArn,
      functionName: this.functionName,
      functionArn: this.functionArn,
    });
  }

  private policy(
    { databaseArn, tableArn, logBucketArn, kmsKeyArn }: SilentDevicesReportArgs,
    workgroup: aws.athena.Workgroup,
    logGroup: aws.cloudwatch.LogGroup,
  ): pulumi.Output<string> {
    return pulumi
      .all([
        ...[workgroup.arn, databaseArn, tableArn, logBucketArn, this.topicArn, logGroup.arn],
        pulumi.output(kmsKeyArn ?? ""),
      ])
      .apply(([workgroupArn, database, table, bucket, topicArn, logGroupArn, key]) =>
        JSON.stringify(
          silentDevicesAccess({
            ...{ workgroupArn, topicArn, logGroupArn },
            ...{ databaseArn: database, tableArn: table, logBucketArn: bucket },
            ...{ rowPrefix, queryPrefix, kmsKeyArn: key || undefined },
          }),
        ),
      );
  }

  private runDaily(name: string, { schedule, tags }: SilentDevicesReportArgs): void {
    const child = { parent: this };
    const rule = new aws.cloudwatch.EventRule(
      `${name}-schedule`,
      {
        description: "Runs the report of silent devices",
        scheduleExpression: schedule ?? "cron(0 0 * * ? *)",
        tags,
      },
      child,
    );
    const permission = new aws.lambda.Permission(
      `${name}-permission`,
      {
        action: "lambda:InvokeFunction",
        function: this.functionName,
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      child,
    );
    new aws.cloudwatch.EventTarget(
      `${name}-target`,
      { rule: rule.name, arn: this.functionArn },
      { ...child, dependsOn: permission },
    );
  }
}
