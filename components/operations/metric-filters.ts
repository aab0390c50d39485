/**
 * What is counted in the server's log. Transfer Family writes one JSON object per activity (user guide,
 * "cw-structure-logs" and "cw-example-logs") and has metrics for none of this. Logins are not counted here: the
 * identity provider's function has metrics of its own (lambdas/identity-provider/telemetry.ts).
 */

/** A metric filter: each line that the pattern matches counts one. */
export interface LogMetric {
  /** End of the resource's name. */
  readonly suffix: string;
  /** CloudWatch Logs filter pattern, JSON selectors. */
  readonly pattern: string;
  readonly metricName: string;
}

/** Activities that the server's log has as ERROR. */
export const serverErrors: LogMetric = {
  suffix: "server-errors-count",
  pattern: `{ $.activity-type = "ERROR" }`,
  metricName: "ServerErrors",
};

/** Uploads that the server's log has as cut; counted where no function counts them. */
export const partialUploads: LogMetric = {
  suffix: "partial-uploads-count",
  pattern: `{ $.activity-type = "PARTIAL_CLOSE" }`,
  metricName: "PartialUploads",
};

/**
 * Files that arrived. A file is closed after a download as well, and then has no bytes in; the line says no
 * user, but the path lies in the user's folder.
 *
 * @param probe user whose files do not count: with the canary's, silence would never be heard
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

/** What is counted in the log of a site: a metric that is not used is billed too. */
export function logMetrics(site: { probe?: string; hasUploadEvents: boolean }): LogMetric[] {
  const { probe, hasUploadEvents } = site;
  return [serverErrors, ...(hasUploadEvents ? [] : [partialUploads]), uploads(probe)];
}
