import { noSubscriber } from "../../../stacks/alarm-subscribers";
import type { Finding } from "../../core/findings";
import type { Hop } from "../hop";
import type { Subscription } from "../site-aws";

/** The alarms' topic has a subscriber. */
export const alarmsHop: Hop = {
  name: "alarms",
  check: async ({ aws, outputs, stack, config }) => {
    const { alarmTopicArn } = outputs;
    const check = "subscribers of the alarms";
    if (alarmTopicArn === undefined) {
      const remedy = `Run pulumi up -s ${stack} once.`;
      return [{ check, state: "note", found: "the stack has no output alarmTopicArn", remedy }];
    }
    const isProtected = config.environment === "prod";
    return [judgeSubscriptions(await aws.subscriptions(alarmTopicArn), isProtected)];
  },
};

/** @param isProtected - Whether devices depend on the stack, so that an alarm has to reach an operator. */
export function judgeSubscriptions(
  subscriptions: readonly Subscription[],
  isProtected: boolean,
): Finding {
  const check = "subscribers of the alarms";
  const isConfirmed = ({ SubscriptionArn = "" }: Subscription) =>
    SubscriptionArn.startsWith("arn:");
  const confirmed = subscriptions.filter(isConfirmed).length;
  const pending = subscriptions
    .filter((subscription) => !isConfirmed(subscription))
    .map(({ Protocol, Endpoint }) => `${Protocol} ${Endpoint}`);
  if (confirmed > 0) {
    const found = [`${confirmed} confirmed`, ...pending.map((text) => `${text} not confirmed`)];
    return { check, state: "ok", found: found.join(", ") };
  }
  if (pending.length > 0) {
    return {
      check,
      state: "failed",
      found: `not confirmed: ${pending.join(", ")}`,
      expected: "one confirmed at least",
      remedy:
        "No alarm is delivered. Open the link in the mail from AWS Notifications; if it has expired, run pulumi up with --replace and the URN of the subscription.",
    };
  }
  const found = "none";
  return isProtected
    ? { check, state: "note", found, remedy: noSubscriber }
    : { check, state: "note", found };
}
