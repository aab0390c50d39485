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
      ...["StringNotEquals", "Bool"].map((operator): [string, ReturnType<typeof role>] => [
        "trusts transfer.amazonaws.com without aws:SourceAccount",
        role({
          Principal: transfer,
          Condition: {
            [operator]: { "aws:SourceAccount": "123456789012" },
            ArnLike: confused.ArnLike,
          },
        }),
      ]),
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
      role({ Effect: "Deny", Principal: transfer }),
      role({ Principal: { Service: "lambda.amazonaws.com" } }),
    ],
  );
});
