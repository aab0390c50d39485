import { logRetention } from "../../../policies/rules/logs";
import { describeRule } from "../support";

describe("policies/rules/logs", () => {
  describeRule(
    logRetention,
    [
      ["has no retention", { type: "aws:cloudwatch/logGroup:LogGroup" }],
      [
        "has no retention",
        { type: "aws:cloudwatch/logGroup:LogGroup", properties: { retentionInDays: 0 } },
      ],
      ["has no log group of the stack", { type: "aws:lambda/function:Function" }],
    ],
    [
      { type: "aws:cloudwatch/logGroup:LogGroup", properties: { retentionInDays: 14 } },
      { type: "aws:lambda/function:Function", properties: { loggingConfig: { logGroup: "g" } } },
    ],
  );
});
