/**
 * Metrics from the server's log. Transfer Family writes one JSON object per activity (user guide,
 * "cw-structure-logs" and "cw-example-logs") and has no metrics for these. Logins are counted by the identity
 * provider's function (lambdas/identity-provider/telemetry.ts).
 */

/** A metric filter that counts the lines matching its pattern. */
export interface LogMetric {
  /** Suffix of the resource's name. */
  readonly suffix: string;
  /** CloudWatch Logs filter pattern, JSON selectors. */
  readonly pattern: string;
  readonly metricName: string;
}

/** Activities logged as ERROR. */
export const serverErrors: LogMetric = {
  suffix: "server-errors-count",
  pattern: `{ $.activity-type = "ERROR" }`,
  metricName: "ServerErrors",
};

/** Uploads logged as interrupted; used if no function counts them. */
export const partialUploads: LogMetric = {
  suffix: "partial-uploads-count",
  pattern: `{ $.activity-type = "PARTIAL_CLOSE" }`,
  metricName: "PartialUploads",
};

/**
 * Uploaded files. A download logs CLOSE, too, without bytes in. The line has no user, but the path is in the user's
 * folder.
 *
 * @param probe - User whose files are not counted: the canary uploads all the time.
 */
export function uploads(probe?: string): LogMetric {
  const conditions = [
    `($.activity-type = "CLOSE")`,
    `($.bytes-in = "*")`,
    `($.bytes-in != "0")`,
    ...(probe === undefined ? [] : [`($.path != "*/users/${probe}/*")`]),
  ];
  return {
    suffix: "uploads-count",
    pattern: `{ ${conditions.join(" && ")} }`,
    metricName: "Uploads",
  };
}

/** The metrics that a site uses: CloudWatch bills unused ones, too. */
export function logMetrics(site: { probe?: string; hasUploadEvents: boolean }): LogMetric[] {
  const { probe, hasUploadEvents } = site;
  return [serverErrors, ...(hasUploadEvents ? [] : [partialUploads]), uploads(probe)];
}
