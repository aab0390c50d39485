import { actions } from "./actions";
import { hex } from "./context";
import { costsNothing, countOf } from "./cost-item";
import { named, type Service } from "./resource-type";

const page = "amazonsns";
const oneTopic = "arn:{partition}:sns:{region}:{account}:{name}-*";
const subscription = "aws:sns/topicSubscription:TopicSubscription";

/** Emails of a topic in a month, for each address. */
const emailsPerMonth = 30;

export const sns: Service = {
  types: {
    "aws:sns/topic:Topic": {
      create: named((topic, context) => {
        const arn = context.arn("sns", topic);
        return { id: arn, arn };
      }),
      replacedBy: ["name", "namePrefix", "fifoTopic"],
      actions: actions(page, oneTopic, {
        create: ["sns:CreateTopic", "sns:TagResource"],
        read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
        update: ["sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
        delete: ["sns:DeleteTopic"],
      }),
      cost: "emails are billed with its subscriptions",
    },

    [subscription]: {
      create: (name, inputs) => {
        const arn = `${String(inputs.topic)}:${hex(name, 32)}`;
        return { id: arn, outputs: { arn, pendingConfirmation: true } };
      },
      replacedBy: ["topic", "protocol", "endpoint"],
      actions: actions(page, oneTopic, {
        create: ["sns:Subscribe"],
        read: ["sns:GetSubscriptionAttributes"],
        update: ["sns:SetSubscriptionAttributes"],
        delete: ["sns:Unsubscribe"],
      }),
      cost: [
        {
          name: "SNS, emails",
          price: "sns.mail",
          formula: "30 x subscriptions",
          units: (stack) => emailsPerMonth * countOf(stack, subscription),
        },
      ],
    },

    "aws:sns/topicPolicy:TopicPolicy": { cost: costsNothing.permission },
  },
};
