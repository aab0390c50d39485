/** The alarms as plain definitions: metric, threshold, and the meaning of missing data. */
import { successMetric } from "../../lambdas/canary/steps";
import { metricNamespace as functionMetrics } from "../../lambdas/shared/metrics";
import type { AlarmLimits } from "./limits";
import { partialUploads, serverErrors, uploads } from "./metric-filters";

/** The source of the metric; the component knows its dimensions. */
export type MetricSource = "login" | "canary" | "uploads" | "server" | "log" | "deadLetters";

/** One alarm: its metric, its threshold and its text. */
export interface AlarmDefinition {
  /** Suffix of the resource's name, and heading in docs/operations.md. */
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

/** What a site has that can be monitored. */
export interface MonitoredSite {
  readonly limits: Required<AlarmLimits>;
  /** Minutes between two runs of the canary; undefined: no canary. */
  readonly canaryMinutes?: number;
  /** Whether a function processes upload events: it counts interrupted ones, and has a dead-letter queue. */
  readonly hasUploadEvents: boolean;
}

const minutes = 60;
const hours = 3600;

/** The alarms of a site, in the order of docs/operations.md. */
export function alarmsOf({
  limits,
  canaryMinutes,
  hasUploadEvents,
}: MonitoredSite): AlarmDefinition[] {
  return [
    ...(canaryMinutes === undefined ? [] : [canary(canaryMinutes)]),
    ...logins,
    ...(limits.loginSeconds > 0 ? [slowLogins(limits.loginSeconds)] : []),
    ...(limits.failedLogins > 0 ? [failedLogins(limits.failedLogins)] : []),
    ...(limits.lockouts > 0 ? [lockouts(limits.lockouts)] : []),
    ...(limits.failingNames > 0 ? [failingNames(limits.failingNames)] : []),
    ...(limits.serverErrors > 0 ? [errorsOfServer(limits.serverErrors)] : []),
    ...(limits.partialUploads > 0 ? [cutUploads(limits.partialUploads, hasUploadEvents)] : []),
    ...(limits.quietHours > 0 ? [noUploads(limits.quietHours)] : []),
    ...(limits.gigabytesPerDay > 0 ? [highVolume(limits.gigabytesPerDay)] : []),
    ...(hasUploadEvents ? [deadLetters] : []),
  ];
}

/** Two consecutive periods: a single run can fail while AWS moves the endpoint. */
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
  // A canary that does not run is an alarm. Therefore the alarm is active until the first run after an update.
  missing: "breaching",
});

/**
 * Without logins there is no data, which is no alarm. The function counts the errors it handles (Error); Lambda counts
 * those that end it: a crash, a timeout, a throttle.
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
      "The identity provider could not read its users or settings, or not count failures: devices cannot log in.",
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
  // With few logins the p90 is the slowest; a single cold start does not last three periods.
  statistic: "p90",
  periodSeconds: 5 * minutes,
  periods: 3,
  threshold: seconds * 1000,
  // No data: there were no logins.
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
  // The metric exists only when a login is refused.
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
  // The metric exists only when a locked user tries to log in.
  missing: "notBreaching",
});

const failingNames = (count: number): AlarmDefinition => ({
  suffix: "failing-names",
  description: "Many user names fail from one address: a client there tries names.",
  source: "login",
  namespace: functionMetrics,
  metricName: "FailingNames",
  statistic: "Maximum",
  periodSeconds: 5 * minutes,
  threshold: count,
  // The metric is written only when a name begins to fail.
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
  // No data: there was no session.
  missing: "notBreaching",
});

/** Interrupted uploads, counted from Transfer Family's events, or, without these, from its log. */
const cutUploads = (count: number, hasUploadEvents: boolean): AlarmDefinition => ({
  suffix: "partial-uploads",
  description: "Uploads are cut: a bad radio link, or devices that lose patience.",
  ...(hasUploadEvents
    ? { source: "uploads", namespace: functionMetrics, metricName: "PartialUploads" }
    : { source: "log", metricName: partialUploads.metricName }),
  statistic: "Sum",
  periodSeconds: 1 * hours,
  threshold: count,
  // No data: no upload was interrupted.
  missing: "notBreaching",
});

const noUploads = (count: number): AlarmDefinition => ({
  suffix: "no-uploads",
  description: "No device has uploaded anything for the configured number of hours.",
  source: "log",
  metricName: uploads().metricName,
  statistic: "Sum",
  periodSeconds: 1 * hours,
  periods: count,
  threshold: 1,
  below: true,
  // An hour without data is an hour without uploads, which is the condition.
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
  // No data: no bytes were received.
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
  // SQS reports nothing for a queue that is unused for six hours. Its messages remain, so the alarm keeps its
  // state.
  missing: "ignore",
};
