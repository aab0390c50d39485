import { budgetTags, prodProtection } from "../../../policies/rules/environment";
import { describeRule, gateway, server, table, vpc } from "../support";

describe("policies/rules/environment", () => {
  describeRule(
    budgetTags,
    [["has no tag environment", { ...server({ tags: { project: "p", stack: "dev" } }) }]],
    [
      server({ tags: { project: "p", stack: "dev", environment: "dev" } }),
      { type: "aws:iam/rolePolicy:RolePolicy" },
    ],
  );

  describeRule(
    prodProtection,
    [
      ["is not protected", table({}, false)],
      ["has no deletion protection", table({ deletionProtectionEnabled: false })],
      ["has no point-in-time recovery", table({ pointInTimeRecovery: undefined })],
      [
        "can be destroyed with the files in it",
        {
          type: "aws:s3/bucket:Bucket",
          protect: true,
          properties: { forceDestroy: true, tags: { environment: "prod" } },
        },
      ],
      ["is not protected", gateway("prod", false)],
      ["is not protected", { ...vpc({}), protect: false }],
    ],
    [
      table({}),
      {
        type: "aws:dynamodb/table:Table",
        protect: true,
        properties: { ...table({}).properties, forceDestroy: true },
      },
      { type: "aws:sqs/queue:Queue", properties: { tags: { environment: "prod" } } },
      {
        ...gateway("prod", false),
        properties: { ...gateway("prod", false).properties, create: "vpg ensure-not" },
      },
      table({ deletionProtectionEnabled: false, tags: { environment: "dev" } }, false),
      gateway("prod", true),
      gateway("dev", false),
    ],
  );
});
