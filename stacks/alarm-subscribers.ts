import type { SiteConfig } from "./site-config";

/** The notice of a stack whose alarms reach no operator. */
export const noSubscriber =
  "No address receives the alarms of this stack: add one to canal-ftp:alarmEmails, or subscribe another recipient to the topic in the stack's output alarmTopicArn.";

/** The notice for a configuration, or undefined where none is needed: dev is for trying things out. */
export function subscriberNotice({
  environment,
  operations,
}: Pick<SiteConfig, "environment" | "operations">): string | undefined {
  return environment === "prod" && operations.alarmEmails.length === 0 ? noSubscriber : undefined;
}
