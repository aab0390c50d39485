/**
 * The function that tests the site like a device every few minutes, at each address of the endpoint, because a device
 * is configured with one of them. Its environment is described in settings.ts, its steps in steps.ts.
 */
import { type Journey, runJourney } from "./journey";
import { readSettings } from "./settings";
import { telemetryLine } from "./telemetry";

/**
 * The Lambda handler. A failed journey is a result and a metric, not an error: Lambda would retry an error, and one
 * failure would count twice in the metrics.
 *
 * @throws Error for invalid settings; then there is no metric, which also raises the alarm
 */
export async function handler(): Promise<Journey[]> {
  const { addresses, ...settings } = readSettings(process.env);
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? "canary";
  const journeys: Journey[] = [];
  for (const address of addresses) {
    // Sequentially: concurrent journeys would wait for each other's passive ports.
    const journey = await runJourney({ ...settings, address });
    process.stdout.write(`${telemetryLine(journey, functionName, Date.now())}\n`);
    journeys.push(journey);
  }
  return journeys;
}
