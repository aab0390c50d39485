import { ofType } from "../lib/stack/resource";
import { actions } from "./actions";
import { runsPerMonth } from "./cost-item";
import type { Service } from "./resource-type";

const page = "amazoneventbridgescheduler";
const schedule = "aws:scheduler/schedule:Schedule";
const arn = "arn:{partition}:scheduler:{region}:{account}:schedule";

export const scheduler: Service = {
  types: {
    [schedule]: {
      actions: actions(page, `${arn}/*/{name}-*`, {
        create: ["scheduler:CreateSchedule"],
        read: ["scheduler:GetSchedule"],
        update: ["scheduler:UpdateSchedule"],
        delete: ["scheduler:DeleteSchedule"],
        passesRoleTo: "scheduler.amazonaws.com",
      }),
      cost: [
        {
          name: "EventBridge Scheduler",
          price: "scheduler.million",
          formula: "scheduled calls / 10^6",
          units: ({ resources }) =>
            ofType(resources, schedule).reduce(
              (sum, { outputs }) => sum + runsPerMonth(outputs.scheduleExpression),
              0,
            ) / 1e6,
        },
      ],
    },

    "aws:scheduler/scheduleGroup:ScheduleGroup": {
      actions: actions(page, `${arn}-group/{name}-*`, {
        create: ["scheduler:CreateScheduleGroup", "scheduler:TagResource"],
        read: ["scheduler:GetScheduleGroup", "scheduler:ListTagsForResource"],
        update: ["scheduler:TagResource", "scheduler:UntagResource"],
        delete: ["scheduler:DeleteScheduleGroup"],
      }),
      cost: "schedules are billed by their calls",
    },
  },
};
