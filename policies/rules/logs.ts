import { fieldsOf, Rule } from "./rule";

/** A log without retention is kept, and billed, for ever. */
export const logRetention: Rule = {
  name: "log-retention",
  description: "Every log group says how long it keeps, and functions write to one that does.",
  check({ type, properties }) {
    if (type === "aws:cloudwatch/logGroup:LogGroup") {
      return Number(properties.retentionInDays) > 0 ? [] : ["keeps its logs for ever"];
    }
    if (type === "aws:lambda/function:Function") {
      // Lambda makes a group of its own otherwise, which keeps for ever and stays after a destroy.
      return fieldsOf(properties.loggingConfig).logGroup ? [] : ["names no log group of the stack"];
    }
    return [];
  },
};
