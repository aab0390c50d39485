import { Answerer, hex, physicalName } from "./context";

/** Logs, alarms and the topic they are told to. */
export const observability: Record<string, Answerer> = {
  "aws:cloudwatch/logGroup:LogGroup": (name, inputs, context) => {
    const group = physicalName(inputs.name, name);
    return { id: group, outputs: { name: group, arn: context.arn("logs", `log-group:${group}`) } };
  },

  "aws:cloudwatch/metricAlarm:MetricAlarm": (name, inputs, context) => {
    const alarm = physicalName(inputs.name, name);
    return {
      id: alarm,
      outputs: { name: alarm, arn: context.arn("cloudwatch", `alarm:${alarm}`) },
    };
  },

  "aws:sns/topic:Topic": (name, inputs, context) => {
    const topic = physicalName(inputs.name, name);
    const arn = context.arn("sns", topic);
    return { id: arn, outputs: { name: topic, arn } };
  },

  "aws:sns/topicSubscription:TopicSubscription": (name, inputs) => {
    const arn = `${String(inputs.topic)}:${hex(name, 32)}`;
    return { id: arn, outputs: { arn, pendingConfirmation: true } };
  },
};
