/** The dashboard's body (CloudWatch API reference, "Dashboard Body Structure and Syntax"), as a plain function. */
import { measuredSteps, stepMetric, type Step } from "../../lambdas/canary/steps";
import { metricNamespace as functionMetrics } from "../../lambdas/shared/metrics";
import { partialUploads, serverErrors, uploads } from "./metric-filters";

/** Names in AWS that the widgets refer to. */
export interface DashboardFacts {
  readonly region: string;
  readonly loginFunction: string;
  readonly serverId: string;
  /** Namespace of the metrics from the server's log. */
  readonly logNamespace: string;
  readonly alarmArns: readonly string[];
  readonly canaryFunction?: string;
  /** Names of the function for upload events and of its dead-letter queue. */
  readonly uploads?: { readonly function: string; readonly deadLetters: string };
}

type Metric = (string | { stat?: string; label?: string })[];

interface Graph {
  readonly title: string;
  readonly stat: "Sum" | "Maximum" | "Minimum" | "Average";
  readonly metrics: Metric[];
}

/** Alarms first, then graphs of half the width in the order of an upload: login, upload, errors, canary. */
export function dashboardBody(facts: DashboardFacts): object {
  const { region, alarmArns } = facts;
  const alarms = {
    type: "alarm",
    x: 0,
    y: 0,
    width: 24,
    height: 3,
    properties: { title: "Alarms", alarms: alarmArns },
  };
  const graphs = graphsOf(facts).map(({ title, stat, metrics }, index) => ({
    type: "metric",
    x: (index % 2) * 12,
    y: 3 + Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: { title, region, stat, period: 300, view: "timeSeries", metrics },
  }));
  return { widgets: [alarms, ...graphs] };
}

function graphsOf(facts: DashboardFacts): Graph[] {
  const { loginFunction, serverId, logNamespace, canaryFunction, uploads: worker } = facts;
  const login = (name: string, options: object[] = []) =>
    [functionMetrics, name, "FunctionName", loginFunction, ...options] as Metric;
  const transfer = (name: string): Metric => ["AWS/Transfer", name, "ServerId", serverId];
  const lambda = (name: string): Metric => ["AWS/Lambda", name, "FunctionName", loginFunction];
  const canary = (step: Step): Metric => {
    const of = ["FunctionName", String(canaryFunction)];
    return [functionMetrics, stepMetric(step), ...of, { label: step }];
  };
  return [
    { title: "Logins", stat: "Sum", metrics: ["Granted", "Denied", "Locked"].map((n) => login(n)) },
    {
      title: "Login, milliseconds",
      stat: "Average",
      metrics: [login("Latency", [{ stat: "p50" }]), login("Latency", [{ stat: "p90" }])],
    },
    { title: "Bytes", stat: "Sum", metrics: [transfer("BytesIn"), transfer("BytesOut")] },
    {
      title: "Uploads",
      stat: "Sum",
      metrics: [
        [logNamespace, uploads().metricName],
        worker === undefined
          ? [logNamespace, partialUploads.metricName]
          : [functionMetrics, "PartialUploads", "FunctionName", worker.function],
      ],
    },
    {
      title: "Errors",
      stat: "Sum",
      metrics: [
        [logNamespace, serverErrors.metricName],
        login("Error"),
        lambda("Errors"),
        lambda("Throttles"),
        ...(worker === undefined ? [] : [deadLettersIn(worker.deadLetters)]),
      ],
    },
    ...(canaryFunction === undefined
      ? []
      : [
          {
            title: "Canary, milliseconds",
            stat: "Maximum" as const,
            metrics: measuredSteps.map(canary),
          },
        ]),
  ];
}

function deadLettersIn(queue: string): Metric {
  const name = "ApproximateNumberOfMessagesVisible";
  return ["AWS/SQS", name, "QueueName", queue, { stat: "Maximum" }];
}
