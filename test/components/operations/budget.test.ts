import assert from "node:assert/strict";

import { monthlyBudget } from "../../../components/operations/budget";

describe("the budget", () => {
  it("is of a month in USD, with notifications at 80 % spent and when it is forecast to be exceeded", () => {
    const { notifications, ...budget } = monthlyBudget(500, ["a@example.com", "b@example.com"]);
    assert.deepEqual(budget, {
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: "500",
      limitUnit: "USD",
    });
    assert.deepEqual(
      notifications.map(({ notificationType, threshold, thresholdType, comparisonOperator }) => [
        notificationType,
        threshold,
        thresholdType,
        comparisonOperator,
      ]),
      [
        ["ACTUAL", 80, "PERCENTAGE", "GREATER_THAN"],
        ["FORECASTED", 100, "PERCENTAGE", "GREATER_THAN"],
      ],
    );
    for (const { subscriberEmailAddresses } of notifications) {
      assert.deepEqual(subscriberEmailAddresses, ["a@example.com", "b@example.com"]);
    }
  });
});
