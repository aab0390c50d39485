/** The alarms as plain definitions: which metric, from when on, and what a missing data point means. */
import { successMetric } from "../../lambdas/canary/steps";
import { metricNamespace as functionMetrics } from "../../lambdas/shared/metrics";
import type { AlarmLimits } from "./limits";
import { partialUploads, serverErrors, uploads } from "./metric-filters";

/** Whose metric it is; the component knows its dimensions. */
export type MetricSource = "login" | "canary" | "uploads" | "server" | "log" | "deadLetters";

/** One alarm: its metric, its threshold and what is said when it goes off. */
export interface AlarmDefinition {
  /** End of the resource's name, and the heading in docs/operations.md. */
  readonly suffix: string;
  /** The alarm's text: what it means for devices. */
  readonly description: string;
  readonly source: MetricSource;
  /** Undefined for `log`: the metrics of this stack's own filters. */
  readonly namespace?: string;
  readonly metricName: string;
  readonly statistic: "Sum" | "Minimum" | "Maximum" | "p90";
  readonly periodSeconds: number;
  /** Periods that all have to exceed the limit. Default 1. */
  readonly periods?: number;
  readonly threshold: number;
  /** Default: at the threshold or above. */
  readonly below?: true;
  readonly missing: "notBreaching" | "breaching" | "ignore";
}

/** What a site has that can be watched. */
export interface Watched {
  readonly limits: AlarmLimits;
  /** Minutes between two runs; undefined without a canary. */
  readonly canaryMinutes?: number;
  /** Whether a function takes events of uploads: it then counts cut ones, and has dead letters. */
  readonly hasUploadEvents: boolean;
}

const minutes = 60;
const hours = 3600;

/** The alarms of a site, in the order of docs/operations.md. */
export function alarmsOf({ limits, canaryMinutes, hasUploadEvents }: Watched): AlarmDefinition[] {
  return [
    ...(canaryMinutes === undefined ? [] : [canary(canaryMinutes)]),
    ...logins,
    ...(limits.loginSeconds > 0 ? [slowLogins(limits.loginSeconds)] : []),
    ...(limits.failedLogins > 0 ? [failedLogins(limits.failedLogins)] : []),
    ...(limits.lockouts > 0 ? [lockouts(limits.lockouts)] : []),
    ...(limits.serverErrors > 0 ? [errorsOfServer(limits.serverErrors)] : []),
    ...(limits.partialUploads > 0 ? [cutUploads(limits.partialUploads, hasUploadEvents)] : []),
    ...(limits.quietHours > 0 ? [noUploads(limits.quietHours)] : []),
    ...(limits.gigabytesPerDay > 0 ? [highVolume(limits.gigabytesPerDay)] : []),
    ...(hasUploadEvents ? [deadLetters] : []),
  ];
}

/** Twice in a row: one run may fall into the minute AWS moves the endpoint, two do not. */
const canary = (everyMinutes: number): AlarmDefinition => ({
  suffix: "canary",
  description: "A login with a file, as a device would do it, failed twice or was not tried.",
  source: "canary",
  namespace: functionMetrics,
  metricName: successMetric,
  statistic: "Minimum",
  periodSeconds: everyMinutes * minutes,
  periods: 2,
  threshold: 1,
  below: true,
  // A watchman who says nothing is an alarm himself. The price: it sounds until the first run after an up.
  missing: "breaching",
});

/**
 * Without attempts there is no data point: a quiet night is not an alarm. The function counts what it could answer for
 * itself (Error); Lambda counts what ended it: a crash, a time-out, a throttle.
 */
const logins: readonly AlarmDefinition[] = [
  {
    suffix: "errors",
    description: "The identity provider failed: devices cannot log in.",
    source: "login",
    namespace: "AWS/Lambda",
    metricName: "Errors",
    statistic: "Sum",
    periodSeconds: 1 * minutes,
    threshold: 1,
    missing: "notBreaching",
  },
  {
    suffix: "throttles",
    description: "Logins were throttled: devices were turned away.",
    source: "login",
    namespace: "AWS/Lambda",
    metricName: "Throttles",
    statistic: "Sum",
    periodSeconds: 1 * minutes,
    threshold: 1,
    missing: "notBreaching",
  },
  {
    suffix: "store-errors",
    description:
      "The identity provider could not read its users or settings: devices cannot log in.",
    source: "login",
    namespace: functionMetrics,
    metricName: "Error",
    statistic: "Sum",
    periodSeconds: 1 * minutes,
    threshold: 1,
    missing: "notBreaching",
  },
];

const slowLogins = (seconds: number): AlarmDefinition => ({
  suffix: "slow-logins",
  description: "Logins are slow: impatient devices give up before they have sent anything.",
  source: "login",
  namespace: functionMetrics,
  metricName: "Latency",
  // Of few logins the slowest: so a cold start alone is not three periods in a row.
  statistic: "p90",
  periodSeconds: 5 * minutes,
  periods: 3,
  threshold: seconds * 1000,
  // No logins are not slow ones.
  missing: "notBreaching",
});

const failedLogins = (count: number): AlarmDefinition => ({
  suffix: "failed-logins",
  description: "Many logins were refused: a wrong password in a device, or guessed passwords.",
  source: "login",
  namespace: functionMetrics,
  metricName: "Denied",
  statistic: "Sum",
  periodSeconds: 5 * minutes,
  threshold: count,
  // The metric is written only when a login is refused.
  missing: "notBreaching",
});

const lockouts = (count: number): AlarmDefinition => ({
  suffix: "locked-users",
  description: "A locked user tries to log in: that device delivers nothing until the lock ends.",
  source: "login",
  namespace: functionMetrics,
  metricName: "Locked",
  statistic: "Sum",
  periodSeconds: 5 * minutes,
  threshold: count,
  // The metric is written only when a locked user tries.
  missing: "notBreaching",
});

const errorsOfServer = (count: number): AlarmDefinition => ({
  suffix: "server-errors",
  description: "Transfer Family logs errors: devices are logged in and their files are refused.",
  source: "log",
  metricName: serverErrors.metricName,
  statistic: "Sum",
  periodSeconds: 15 * minutes,
  threshold: count,
  // No line in the log, no data point: there was no session.
  missing: "notBreaching",
});

/** Transfer's event says of every cut upload that it was one; without events its log has to do. */
const cutUploads = (count: number, hasUploadEvents: boolean): AlarmDefinition => ({
  suffix: "partial-uploads",
  description: "Uploads are cut: a bad radio link, or devices that lose patience.",
  ...(hasUploadEvents
    ? { source: "uploads", namespace: functionMetrics, metricName: "PartialUploads" }
    : { source: "log", metricName: partialUploads.metricName }),
  statistic: "Sum",
  periodSeconds: 1 * hours,
  threshold: count,
  // Nothing to count, no data point: nothing was cut.
  missing: "notBreaching",
});

const noUploads = (count: number): AlarmDefinition => ({
  suffix: "no-uploads",
  description: "No device has uploaded anything for as long as was said to be unusual.",
  source: "log",
  metricName: uploads().metricName,
  statistic: "Sum",
  periodSeconds: 1 * hours,
  periods: count,
  threshold: 1,
  below: true,
  // An hour without a line in the log is an hour without an upload: exactly what is asked.
  missing: "breaching",
});

const highVolume = (gigabytes: number): AlarmDefinition => ({
  suffix: "bytes-in",
  description: "Far more than usual comes in: a device that sends the same again and again.",
  source: "server",
  namespace: "AWS/Transfer",
  metricName: "BytesIn",
  statistic: "Sum",
  periodSeconds: 24 * hours,
  threshold: gigabytes * 1e9,
  // Nothing came in.
  missing: "notBreaching",
});

const deadLetters: AlarmDefinition = {
  suffix: "dead-letters",
  description: "An upload's event could not be handled: it waits in the dead-letter queue.",
  source: "deadLetters",
  namespace: "AWS/SQS",
  metricName: "ApproximateNumberOfMessagesVisible",
  statistic: "Maximum",
  periodSeconds: 5 * minutes,
  threshold: 1,
  // SQS stops reporting on a queue that was not used for six hours. Its messages are still there, so
  // the alarm stays as it was.
  missing: "ignore",
};
