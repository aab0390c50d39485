/** A monthly budget as a plain definition. */
export interface BudgetNotification {
  readonly comparisonOperator: "GREATER_THAN";
  readonly threshold: number;
  readonly thresholdType: "PERCENTAGE";
  readonly notificationType: "ACTUAL" | "FORECASTED";
  readonly subscriberEmailAddresses: string[];
}

/**
 * A budget of the whole account, without SORACOM's bill. A budget by tags would count nothing until the payer
 * activates the tags for billing.
 *
 * @param limitUsd - USD per month.
 * @param emails - Notified at 80 % of the limit, and when the forecast for the month exceeds it.
 */
export function monthlyBudget(limitUsd: number, emails: readonly string[]) {
  const notify = (
    notificationType: BudgetNotification["notificationType"],
    threshold: number,
  ): BudgetNotification => ({
    comparisonOperator: "GREATER_THAN",
    threshold,
    thresholdType: "PERCENTAGE",
    notificationType,
    subscriberEmailAddresses: [...emails],
  });
  return {
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: String(limitUsd),
    limitUnit: "USD",
    notifications: [notify("ACTUAL", 80), notify("FORECASTED", 100)],
  };
}
