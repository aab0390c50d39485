import { leastPrivilege } from "../../../policies/rules/least-privilege";
import { describeRule, permissions } from "../support";

describe("policies/rules/least-privilege", () => {
  describeRule(
    leastPrivilege,
    [
      ["allows s3:*", permissions({ Action: "s3:*", Resource: "arn:aws:s3:::b" })],
      ["allows *", permissions({ Action: ["*"], Resource: "arn:aws:s3:::b" })],
      ["allows resource *", permissions({ Action: "s3:GetObject", Resource: "*" })],
      [
        "allows resource arn:aws:s3:::*",
        permissions({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*" }),
      ],
      [
        "allows resource *",
        permissions({ Action: ["cloudwatch:PutMetricData", "s3:GetObject"], Resource: "*" }),
      ],
      [
        "allows everything except what it lists",
        permissions({ NotAction: "iam:PassRole", Resource: "arn:aws:s3:::b" }),
      ],
    ],
    [
      permissions({ Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }),
      permissions({ Effect: "Deny", Action: "*", Resource: "*" }),
      permissions({ Action: "cloudwatch:PutMetricData", Resource: "*" }),
      permissions({ Action: "s3:Get*", Resource: "arn:aws:s3:::b" }),
      {
        type: "aws:iam/role:Role",
        properties: { assumeRolePolicy: permissions({ Action: "sts:*" }).properties!.policy },
      },
    ],
  );
});
