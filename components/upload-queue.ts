import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { queueAccess, uploadPattern } from "./internal/upload-policies";
import { type InputTags } from "./internal/tags";

/** The server whose events the queue receives. */
export interface UploadQueueArgs {
  /** Id of the Transfer server. */
  serverId: pulumi.Input<string>;
  /** User whose uploads are excluded: the canary's. Default none. */
  probe?: string;
  /** The function's timeout for a batch, in seconds. */
  functionSeconds: number;
  /** Deliveries of a message before it moves to the dead-letter queue, at least 4. Default 5. */
  attempts?: number;
  /**
   * Seconds by which the queue delays every event, up to 900, so that a device can rename its upload before it is
   * processed. Default 30.
   */
  delaySeconds?: number;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

const days = (count: number) => count * 24 * 3600;

/**
 * The uploads of one server as messages in a queue: an EventBridge rule, the queue, and a dead-letter queue for
 * messages that could not be delivered or failed every attempt. The events are free; SQS bills per request.
 */
export class UploadQueue extends pulumi.ComponentResource {
  readonly queue: aws.sqs.Queue;
  readonly deadLetters: aws.sqs.Queue;
  readonly rule: aws.cloudwatch.EventRule;

  constructor(name: string, args: UploadQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:UploadQueue", name, {}, opts);
    const { tags } = args;
    const child = { parent: this };

    this.deadLetters = new aws.sqs.Queue(
      `${name}-dead-letters`,
      {
        // The longest retention in SQS: operators can be absent for days.
        messageRetentionSeconds: days(14),
        sqsManagedSseEnabled: true,
        tags,
      },
      child,
    );
    this.queue = new aws.sqs.Queue(
      `${name}-queue`,
      {
        messageRetentionSeconds: days(4),
        delaySeconds: args.delaySeconds ?? 30,
        // Lambda's recommendation: a throttled batch is retried while its messages are hidden.
        visibilityTimeoutSeconds: 6 * args.functionSeconds,
        sqsManagedSseEnabled: true,
        redrivePolicy: this.deadLetters.arn.apply((deadLetterTargetArn) =>
          JSON.stringify({ deadLetterTargetArn, maxReceiveCount: args.attempts ?? 5 }),
        ),
        tags,
      },
      child,
    );
    this.rule = new aws.cloudwatch.EventRule(
      `${name}-rule`,
      {
        description: "Uploads to the FTP server, complete or not, and renames",
        eventPattern: pulumi
          .output(args.serverId)
          .apply((serverId) => JSON.stringify(uploadPattern(serverId, args.probe))),
        tags,
      },
      child,
    );
    const policies = [
      ["queue-access", this.queue],
      ["dead-letters-access", this.deadLetters],
    ] as const;
    const access = policies.map(
      ([suffix, queue]) =>
        new aws.sqs.QueuePolicy(
          `${name}-${suffix}`,
          {
            queueUrl: queue.url,
            policy: pulumi
              .all([queue.arn, this.rule.arn])
              .apply(([queueArn, ruleArn]) => JSON.stringify(queueAccess({ queueArn, ruleArn }))),
          },
          child,
        ),
    );
    new aws.cloudwatch.EventTarget(
      `${name}-target`,
      {
        rule: this.rule.name,
        arn: this.queue.arn,
        // Events that EventBridge cannot deliver are kept, too.
        deadLetterConfig: { arn: this.deadLetters.arn },
      },
      // Without the permission to send messages, the target would lose the first ones.
      { ...child, dependsOn: access },
    );

    this.registerOutputs({ queueArn: this.queue.arn, deadLettersArn: this.deadLetters.arn });
  }
}
