import { Answerer, hex, physicalName } from "./context";

/** Logs and what is counted in them, alarms and the topic they are told to, dashboards, budgets. */
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

  "aws:cloudwatch/logMetricFilter:LogMetricFilter": (name, inputs) => {
    const filter = physicalName(inputs.name, name);
    return { id: filter, outputs: { name: filter } };
  },

  "aws:cloudwatch/dashboard:Dashboard": (_name, inputs, context) => {
    const dashboard = String(inputs.dashboardName);
    const dashboardArn = context.arn("cloudwatch", `dashboard/${dashboard}`, { region: "" });
    return { id: dashboard, outputs: { dashboardArn } };
  },

  "aws:budgets/budget:Budget": (name, inputs, context) => {
    const budget = physicalName(inputs.name, name);
    return {
      id: `${context.accountId}:${budget}`,
      outputs: {
        name: budget,
        accountId: context.accountId,
        arn: context.arn("budgets", `budget/${budget}`, { region: "" }),
      },
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
