import { Answerer, physicalName } from "./context";

/** Rules of EventBridge, and the queues they put events into. */
export const events: Record<string, Answerer> = {
  "aws:cloudwatch/eventRule:EventRule": (name, inputs, context) => {
    const rule = physicalName(inputs.name, name);
    return { id: rule, outputs: { name: rule, arn: context.arn("events", `rule/${rule}`) } };
  },

  "aws:cloudwatch/eventTarget:EventTarget": (name, inputs) => {
    const targetId = physicalName(inputs.targetId, name);
    return { id: `${String(inputs.rule)}-${targetId}`, outputs: { targetId } };
  },

  "aws:sqs/queue:Queue": (name, inputs, context) => {
    const queue = physicalName(inputs.name, name);
    const url = `https://sqs.${context.region}.amazonaws.com/${context.accountId}/${queue}`;
    return { id: url, outputs: { name: queue, url, arn: context.arn("sqs", queue) } };
  },

  "aws:sqs/queuePolicy:QueuePolicy": (_name, inputs) => ({
    id: String(inputs.queueUrl),
    outputs: {},
  }),
};
