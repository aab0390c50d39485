import { actions } from "./actions";
import { costsNothing, countOf, daysPerMonth, filesPerMonth, queueFeeds } from "./cost-item";
import { named, type Service } from "./resource-type";

const page = "amazonsqs";
const oneQueue = "arn:{partition}:sqs:{region}:{account}:{name}-*";

/** Lambda polls a queue with at least five long polls of 20 seconds. */
const pollsPerMonth = daysPerMonth * 5 * 3 * 60 * 24;

/** A message is sent, received and deleted. */
const requestsPerMessage = 3;

export const sqs: Service = {
  types: {
    "aws:sqs/queue:Queue": {
      create: named((queue, context) => {
        const url = `https://sqs.${context.region}.amazonaws.com/${context.accountId}/${queue}`;
        return { id: url, url, arn: context.arn("sqs", queue) };
      }),
      replacedBy: ["name", "namePrefix", "fifoQueue"],
      actions: actions(page, oneQueue, {
        create: ["sqs:CreateQueue", "sqs:TagQueue"],
        read: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
        update: ["sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
        delete: ["sqs:DeleteQueue"],
      }),
      cost: [
        {
          name: "SQS",
          price: "sqs.million",
          formula: "(3 x files + 657,000 x queues that feed a function) / 10^6",
          units: (stack) =>
            countOf(stack, "aws:sqs/queue:Queue") === 0
              ? 0
              : (requestsPerMessage * filesPerMonth(stack) + pollsPerMonth * queueFeeds(stack)) /
                1e6,
        },
      ],
    },

    "aws:sqs/queuePolicy:QueuePolicy": {
      create: (_name, inputs) => ({ id: String(inputs.queueUrl), outputs: {} }),
      replacedBy: ["queueUrl"],
      actions: actions(page, oneQueue, {
        create: ["sqs:SetQueueAttributes"],
        read: ["sqs:GetQueueAttributes"],
        update: ["sqs:SetQueueAttributes"],
        delete: ["sqs:SetQueueAttributes"],
      }),
      cost: costsNothing.permission,
    },

    "aws:sqs/redrivePolicy:RedrivePolicy": { cost: costsNothing.setting },
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": { cost: costsNothing.setting },
  },
};
