/** A monthly budget as a plain definition. */
export interface BudgetNotification {
  readonly comparisonOperator: "GREATER_THAN";
  readonly threshold: number;
  readonly thresholdType: "PERCENTAGE";
  readonly notificationType: "ACTUAL" | "FORECASTED";
  readonly subscriberEmailAddresses: string[];
}

/**
 * Of the whole account: a budget by tags counts nothing until a user with the payer's rights activates the
 * tags for billing, and a budget that counts nothing says nothing. SORACOM's bill is not in it.
 *
 * @param limitUsd USD a month
 * @param emails - Notified at 80 % spent, and when the month is forecast to end above the limit
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
