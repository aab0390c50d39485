import { narrowTrust } from "../../../policies/rules/trust";
import { confused, describeRule, role, transfer } from "../support";

describe("policies/rules/trust", () => {
  describeRule(
    narrowTrust,
    [
      [
        "trusts transfer.amazonaws.com without aws:SourceAccount and aws:SourceArn",
        role({ Principal: transfer }),
      ],
      [
        "trusts transfer.amazonaws.com without aws:SourceArn",
        role({ Principal: transfer, Condition: { StringEquals: confused.StringEquals } }),
      ],
      [
        "trusts transfer.amazonaws.com without aws:SourceArn",
        role({
          Principal: transfer,
          Condition: { ...confused, ArnLike: { "aws:SourceArn": "*" } },
        }),
      ],
      ["can be assumed by everyone", role({ Principal: { AWS: "*" } })],
      [
        "permits any resource of apigateway.amazonaws.com to call the function",
        {
          type: "aws:lambda/permission:Permission",
          properties: { principal: "apigateway.amazonaws.com" },
        },
      ],
    ],
    [
      role({ Principal: transfer, Condition: confused }),
      role({ Principal: { Service: "lambda.amazonaws.com" } }),
    ],
  );
});
