/**
 * The function that uses the site as a device would, every few minutes: each address of the endpoint, since a
 * device holds one of them. Its environment is described in settings.ts, its steps in steps.ts.
 */
import { type Journey, travel } from "./journey";
import { readSettings } from "./settings";
import { telemetryLine } from "./telemetry";

/**
 * The Lambda handler. A failed journey is a result and a metric, not an error: Lambda would try again, and two
 * metrics would speak of one run.
 *
 * @throws Error for settings that cannot be used; then there is no metric, which is an alarm as well
 */
export async function handler(): Promise<Journey[]> {
  const { addresses, ...settings } = readSettings(process.env);
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? "canary";
  const journeys: Journey[] = [];
  for (const address of addresses) {
    // One after the other: side by side they would wait for each other's passive ports.
    const journey = await travel({ ...settings, address });
    process.stdout.write(`${telemetryLine(journey, functionName, Date.now())}\n`);
    journeys.push(journey);
  }
  return journeys;
}
