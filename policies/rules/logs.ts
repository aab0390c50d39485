import { fieldsOf, Rule } from "./rule";

/** A log group without retention is kept and billed permanently. */
export const logRetention: Rule = {
  name: "log-retention",
  description: "Every log group has a retention, and functions write to a log group of the stack.",
  check({ type, properties }) {
    if (type === "aws:cloudwatch/logGroup:LogGroup") {
      return Number(properties.retentionInDays) > 0 ? [] : ["has no retention"];
    }
    if (type === "aws:lambda/function:Function") {
      // Otherwise Lambda creates a group without retention, which remains after a destroy.
      return fieldsOf(properties.loggingConfig).logGroup ? [] : ["has no log group of the stack"];
    }
    return [];
  },
};
