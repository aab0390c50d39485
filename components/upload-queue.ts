import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { queueAccess, uploadPattern } from "./internal/upload-policies";

/** The server whose events the queue takes. */
export interface UploadQueueArgs {
  /** Id of the Transfer server whose uploads are meant. */
  serverId: pulumi.Input<string>;
  /** User whose uploads are no device's and left out. Default none. */
  probe?: string;
  /** Seconds the function may take for a batch. */
  functionSeconds: number;
  /** Times a message is tried before it goes to the dead-letter queue. Default 3. */
  attempts?: number;
  /** Tags of everything made. Default none. */
  tags?: Record<string, string>;
}

const days = (count: number) => count * 24 * 3600;

/**
 * The uploads of one server as messages in a queue: an EventBridge rule, the queue, and a dead-letter queue for
 * what could not be delivered or failed every attempt. Transfer's events cost nothing, SQS by the million messages.
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
        // The longest time that SQS keeps a message: an operator can be away for days.
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
        // What Lambda asks for: a batch that is throttled is tried again while its messages stay hidden.
        visibilityTimeoutSeconds: 6 * args.functionSeconds,
        sqsManagedSseEnabled: true,
        redrivePolicy: this.deadLetters.arn.apply((deadLetterTargetArn) =>
          JSON.stringify({ deadLetterTargetArn, maxReceiveCount: args.attempts ?? 3 }),
        ),
        tags,
      },
      child,
    );
    this.rule = new aws.cloudwatch.EventRule(
      `${name}-rule`,
      {
        description: "Uploads to the FTP server, whole or not",
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
        // What EventBridge cannot deliver, for whatever reason, is kept as well.
        deadLetterConfig: { arn: this.deadLetters.arn },
      },
      // A target that may not put messages yet would lose the first ones.
      { ...child, dependsOn: access },
    );

    this.registerOutputs({ queueArn: this.queue.arn, deadLettersArn: this.deadLetters.arn });
  }
}
