import { ofType } from "../lib/stack/resource";
import { actions } from "./actions";
import { physicalName } from "./context";
import {
  countOf,
  daysPerMonth,
  filesPerMonth,
  loginsPerMonth,
  queueFeeds,
  type PricedStack,
} from "./cost-item";
import { named, type Service } from "./resource-type";
import { usedBy } from "./rejections";

const logs = "amazoncloudwatchlogs";
const metrics = "amazoncloudwatch";
const eventBridge = "amazoneventbridge";
const oneLogGroup = "arn:{partition}:logs:{region}:{account}:log-group:{name}-*";
const oneRule = "arn:{partition}:events:{region}:{account}:rule/{name}-*";

/** KB of log that a login writes (the function's and the server's own lines), and that a file writes. */
const kbPerLogin = 2.8;
const kbPerFile = 1;

/** Metrics that each kind of function writes, and that API Gateway writes for one method. */
const loginMetrics = 20;
const canaryMetrics = 7;
const uploadMetrics = 7;
const methodMetrics = 5;

const logGb = (stack: PricedStack): number =>
  (loginsPerMonth(stack) * kbPerLogin + filesPerMonth(stack) * kbPerFile) / 1e6;

/** Months that logs are kept, on the average of all log groups. */
function retentionMonths({ resources }: PricedStack): number {
  const groups = ofType(resources, "aws:cloudwatch/logGroup:LogGroup");
  const days = groups.reduce((sum, { outputs }) => sum + Number(outputs.retentionInDays ?? 0), 0);
  return groups.length === 0 ? 0 : days / groups.length / daysPerMonth;
}

/** Metrics that all alarms watch. */
function alarmMetrics({ resources }: PricedStack): number {
  return ofType(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").reduce((sum, { outputs }) => {
    const queries = (outputs.metricQueries ?? []) as { metric?: unknown }[];
    return sum + Math.max(1, queries.filter(({ metric }) => metric !== undefined).length);
  }, 0);
}

/** CloudWatch, CloudWatch Logs and EventBridge: the Pulumi package has them in one module. */
export const cloudwatch: Service = {
  types: {
    "aws:cloudwatch/logGroup:LogGroup": {
      create: named((group, context) => ({ arn: context.arn("logs", `log-group:${group}`) })),
      replacedBy: ["name", "namePrefix", "logGroupClass"],
      actions: actions(logs, oneLogGroup, {
        create: ["logs:CreateLogGroup", "logs:TagResource"],
        read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
        update: [
          "logs:PutRetentionPolicy",
          "logs:DeleteRetentionPolicy",
          "logs:TagResource",
          "logs:UntagResource",
        ],
        delete: ["logs:DeleteLogGroup"],
      }),
      cost: [
        {
          name: "CloudWatch, log ingestion",
          price: "logs.gb",
          formula: "(2.8 KB x logins + 1 KB x files) / 10^6",
          units: (stack) =>
            countOf(stack, "aws:cloudwatch/logGroup:LogGroup") > 0 ? logGb(stack) : 0,
        },
        {
          name: "CloudWatch, log storage",
          price: "logs.gbMonth",
          formula: "GB ingested x months of retention, before compression",
          units: (stack) => logGb(stack) * retentionMonths(stack),
        },
      ],
    },

    "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
      create: named(),
      replacedBy: ["name", "logGroupName"],
      actions: actions(logs, oneLogGroup, {
        create: ["logs:PutMetricFilter"],
        read: ["logs:DescribeMetricFilters"],
        update: ["logs:PutMetricFilter"],
        delete: ["logs:DeleteMetricFilter"],
      }),
      cost: [
        {
          name: "CloudWatch, metrics",
          price: "metric.month",
          formula:
            "20 of the login function + 7 of each function with a queue or a schedule of minutes + 5 of each API method + metric filters",
          units: (stack) =>
            (countOf(stack, "aws:lambda/function:Function") > 0 ? loginMetrics : 0) +
            canaryMetrics * stack.scheduledFunctions +
            uploadMetrics * queueFeeds(stack) +
            methodMetrics * countOf(stack, "aws:apigateway/methodSettings:MethodSettings") +
            countOf(stack, "aws:cloudwatch/logMetricFilter:LogMetricFilter"),
        },
      ],
    },

    "aws:cloudwatch/metricAlarm:MetricAlarm": {
      create: named((alarm, context) => ({ arn: context.arn("cloudwatch", `alarm:${alarm}`) })),
      replacedBy: ["name"],
      actions: actions(metrics, "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}-*", {
        create: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
        read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
        update: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
        delete: ["cloudwatch:DeleteAlarms"],
      }),
      cost: [
        {
          name: "CloudWatch, alarms",
          price: "alarm.month",
          formula: "metrics of all alarms",
          units: alarmMetrics,
        },
      ],
    },

    "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
      cost: [
        {
          name: "CloudWatch, composite alarms",
          price: "compositeAlarm.month",
          formula: "composite alarms",
          units: (stack) => countOf(stack, "aws:cloudwatch/compositeAlarm:CompositeAlarm"),
        },
      ],
    },

    "aws:cloudwatch/dashboard:Dashboard": {
      create: (_name, inputs, context) => {
        const dashboard = String(inputs.dashboardName);
        const dashboardArn = context.arn("cloudwatch", `dashboard/${dashboard}`, { region: "" });
        return { id: dashboard, outputs: { dashboardArn } };
      },
      replacedBy: ["dashboardName"],
      actions: actions(metrics, "arn:{partition}:cloudwatch::{account}:dashboard/{name}*", {
        create: ["cloudwatch:PutDashboard"],
        read: ["cloudwatch:GetDashboard"],
        update: ["cloudwatch:PutDashboard"],
        delete: ["cloudwatch:DeleteDashboards"],
      }),
      cost: [
        {
          name: "CloudWatch, dashboards",
          price: "dashboard.month",
          formula: "dashboards",
          units: (stack) => countOf(stack, "aws:cloudwatch/dashboard:Dashboard"),
        },
      ],
    },

    "aws:cloudwatch/queryDefinition:QueryDefinition": {
      cost: "stored text; running it is billed by GB scanned",
    },

    "aws:cloudwatch/eventRule:EventRule": {
      create: named((rule, context) => ({ arn: context.arn("events", `rule/${rule}`) })),
      replacedBy: ["name", "namePrefix", "eventBusName"],
      rejectDelete: usedBy("ValidationException: Rule can't be deleted since it has targets", [
        "aws:cloudwatch/eventTarget:EventTarget",
        "rule",
      ]),
      actions: actions(eventBridge, oneRule, {
        create: ["events:PutRule", "events:TagResource"],
        read: ["events:DescribeRule", "events:ListTagsForResource"],
        update: [
          "events:PutRule",
          "events:EnableRule",
          "events:DisableRule",
          "events:TagResource",
          "events:UntagResource",
        ],
        delete: ["events:DeleteRule"],
      }),
      cost: "events of AWS services and schedules cost nothing",
    },

    "aws:cloudwatch/eventTarget:EventTarget": {
      create: (name, inputs) => {
        const targetId = physicalName(inputs.targetId, name);
        return { id: `${String(inputs.rule)}-${targetId}`, outputs: { targetId } };
      },
      replacedBy: ["rule", "targetId", "eventBusName"],
      actions: actions(eventBridge, oneRule, {
        create: ["events:PutTargets"],
        read: ["events:ListTargetsByRule"],
        update: ["events:PutTargets"],
        delete: ["events:RemoveTargets"],
      }),
      cost: "calls of a target in the same account cost nothing",
    },
  },
};
