import { mappingsOf, perMonth, scheduledFunctions } from "../functions";
import { all, count, type Item, type PricedSite } from "../item";
import { DAYS, filesOf, loginsOf, type Usage } from "../usage";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";

/** KB of log for a login (the function's and the server's own lines), and for a file. */
const KB_PER_LOGIN = 2.8;
const KB_PER_FILE = 1;

/** Metrics that each kind of function prints, and that API Gateway makes of one method. */
const LOGIN_METRICS = 20;
const CANARY_METRICS = 7;
const UPLOAD_METRICS = 7;
const METHOD_METRICS = 5;

/** Mails of a topic in a month, for each address. */
const MAILS = 30;

function logGb(usage: Usage): number {
  return (loginsOf(usage) * KB_PER_LOGIN + filesOf(usage) * KB_PER_FILE) / 1e6;
}

/** Months that a log is kept, on the average of the groups. */
function keptMonths({ stack }: PricedSite): number {
  const groups = all(stack, LOG_GROUP);
  const days = groups.reduce((sum, { outputs }) => sum + Number(outputs.retentionInDays ?? 0), 0);
  return groups.length === 0 ? 0 : days / groups.length / DAYS;
}

/** Metrics that an alarm looks at. */
function alarmMetrics({ stack }: PricedSite): number {
  return all(stack, "aws:cloudwatch/metricAlarm:MetricAlarm").reduce((sum, { outputs }) => {
    const queries = (outputs.metricQueries ?? []) as { metric?: unknown }[];
    return sum + Math.max(1, queries.filter(({ metric }) => metric !== undefined).length);
  }, 0);
}

/** Watching it. */
export const operationItems: readonly Item[] = [
  {
    name: "CloudWatch, logs taken in",
    types: [LOG_GROUP],
    price: "logs.gb",
    formula: "(2.8 KB x logins + 1 KB x files) / 10^6",
    units: (site) => (count(site, LOG_GROUP) > 0 ? logGb(site.usage) : 0),
  },
  {
    name: "CloudWatch, logs kept",
    types: [LOG_GROUP],
    price: "logs.gbMonth",
    formula: "GB taken in x months of retention, before compression",
    units: (site) => logGb(site.usage) * keptMonths(site),
  },
  {
    name: "CloudWatch, metrics",
    types: ["aws:cloudwatch/logMetricFilter:LogMetricFilter", SETTINGS],
    price: "metric.month",
    formula:
      "20 of the login function + 7 of each one on a schedule or fed by a queue + 5 of each API method + metric filters",
    units: (site) =>
      (count(site, "aws:lambda/function:Function") > 0 ? LOGIN_METRICS : 0) +
      CANARY_METRICS * scheduledFunctions(site.stack) +
      UPLOAD_METRICS * mappingsOf(site.stack.resources).length +
      METHOD_METRICS * count(site, SETTINGS) +
      count(site, "aws:cloudwatch/logMetricFilter:LogMetricFilter"),
  },
  {
    name: "CloudWatch, alarms",
    types: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
    price: "alarm.month",
    formula: "metrics of all alarms",
    units: alarmMetrics,
  },
  {
    name: "CloudWatch, composite alarms",
    types: ["aws:cloudwatch/compositeAlarm:CompositeAlarm"],
    price: "compositeAlarm.month",
    formula: "composite alarms",
    units: (site) => count(site, "aws:cloudwatch/compositeAlarm:CompositeAlarm"),
  },
  {
    name: "CloudWatch, dashboards",
    types: ["aws:cloudwatch/dashboard:Dashboard"],
    price: "dashboard.month",
    formula: "dashboards",
    units: (site) => count(site, "aws:cloudwatch/dashboard:Dashboard"),
  },
  {
    name: "SNS, mails",
    types: ["aws:sns/topicSubscription:TopicSubscription"],
    price: "sns.mail",
    formula: "30 x subscriptions",
    units: (site) => MAILS * count(site, "aws:sns/topicSubscription:TopicSubscription"),
  },
  {
    name: "EventBridge Scheduler",
    types: ["aws:scheduler/schedule:Schedule"],
    price: "scheduler.million",
    formula: "rounds of schedules / 10^6",
    units: ({ stack }) =>
      all(stack, "aws:scheduler/schedule:Schedule").reduce(
        (sum, { outputs }) => sum + perMonth(String(outputs.scheduleExpression ?? "")),
        0,
      ) / 1e6,
  },
];
