/**
 * The function that a schedule invokes once a day: it queries the log of uploads and publishes which devices are silent.
 * Its environment is described in settings.ts, the mail in report.ts.
 */
import { summarizeDeployedLog } from "./athena-log";
import { athenaCalls, publish } from "./aws-calls";
import { describeSilence } from "./report";
import { readSettings } from "./settings";

/** Days of the log that are read: a device without a row in them is not reported. */
const days = 30;

/** Milliseconds between two requests for the query's state. */
const pauseMs = 1000;

/**
 * The Lambda handler.
 *
 * @throws Error for invalid settings, and for what Athena or SNS refuses; Lambda retries twice and counts the error
 */
export async function handler(): Promise<{ readonly subject: string }> {
  const settings = readSettings(process.env);
  const { stack, database, workgroup, topicArn, silentSeconds: limit } = settings;
  const now = Math.floor(Date.now() / 1000);
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, pauseMs));
  const devices = await summarizeDeployedLog(
    athenaCalls(settings),
    { database, run: { WorkGroup: workgroup } },
    now - days * 86_400,
    pause,
  );
  const { subject, text } = describeSilence(devices, { stack, limit, now, days });
  await publish(settings, { topicArn, subject, text });
  process.stdout.write(`${JSON.stringify({ report: subject })}\n`);
  return { subject };
}
