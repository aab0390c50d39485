import assert from "node:assert/strict";

import { actionsOf } from "../../../cli/deploy-role/need";
import { lookUps, needs } from "../../../cli/deploy-role/needs";
import { placeOf } from "../../../cli/deploy-role/place";
import { deployPolicies, Policy, POLICY_LIMIT, sizeOf } from "../../../cli/deploy-role/policy";

const place = {
  partition: "aws",
  region: "ap-northeast-1",
  account: "111111111111",
  name: "canal-ftp-dev",
  buckets: [],
};
const all = Object.keys(needs);

const statementsOf = (policies: readonly Policy[]) =>
  policies.flatMap(({ Statement }) => Statement);

/** Resources on which an action is allowed. */
const on = (policies: readonly Policy[], action: string) =>
  statementsOf(policies)
    .filter(({ Action }) => Action.includes(action))
    .flatMap(({ Resource }) => Resource);

describe("deploy role: policies", () => {
  it("allow for each type what its entry says, and not more than look-ups besides", () => {
    for (const type of all) {
      const allowed = statementsOf(deployPolicies([type], place)).flatMap(({ Action }) => Action);
      const wanted = new Set([...actionsOf(needs[type]), ...lookUps]);
      assert.deepEqual(
        [...new Set(allowed)].filter((action) => action !== "iam:PassRole").sort(),
        [...wanted].sort(),
        type,
      );
    }
  });

  it("keep to the limit of a managed policy, however much is asked for", () => {
    const policies = deployPolicies(all, place);
    assert.ok(policies.length > 1 && policies.length <= 10);
    for (const policy of policies) assert.ok(sizeOf(policy) <= POLICY_LIMIT, `${sizeOf(policy)}`);
    const once = deployPolicies(["aws:sqs/queue:Queue"], place);
    assert.equal(once.length, 1);
  });

  it("halve a statement that is too long for one policy, and lose nothing", () => {
    const many = {
      ...place,
      buckets: Array.from({ length: 95 }, (_, i) => `bucket-${i}-${"x".repeat(40)}`),
    };
    const narrow = {
      ...place,
      buckets: Array.from({ length: 40 }, (_, i) => `bucket-${i}-${"x".repeat(40)}`),
    };
    for (const wide of [narrow, many]) {
      const policies = deployPolicies(["aws:s3/bucket:Bucket"], wide);
      const actions = new Set(statementsOf(policies).flatMap(({ Action }) => Action));
      for (const action of actionsOf(needs["aws:s3/bucket:Bucket"])) assert.ok(actions.has(action));
    }
    assert.ok(
      deployPolicies(["aws:s3/bucket:Bucket"], narrow).every((p) => sizeOf(p) <= POLICY_LIMIT),
    );
  });

  it("name the stack's own resources where AWS lets one choose names", () => {
    const policies = deployPolicies(all, place);
    const account = "ap-northeast-1:111111111111";
    assert.deepEqual(on(policies, "sqs:DeleteQueue"), [`arn:aws:sqs:${account}:canal-ftp-dev-*`]);
    assert.deepEqual(on(policies, "iam:PutRolePolicy"), [
      "arn:aws:iam::111111111111:role/canal-ftp-dev-*",
    ]);
    assert.ok(
      on(policies, "glue:DeleteTable").includes(`arn:aws:glue:${account}:table/canal_ftp_dev*/*`),
    );
    const everything = statementsOf(policies).filter(({ Resource }) => Resource.includes("*"));
    assert.equal(everything.length, 1);
    for (const action of everything[0].Action) {
      assert.ok(
        !/:(Delete(?!LogDelivery)|Put(?!ResourcePolicy)|Attach|PassRole|\*)/.test(action),
        action,
      );
    }
    assert.ok(!JSON.stringify(policies).includes("{" + "name}"));
  });

  it("hand the stack's roles to services that use one, and to no other", () => {
    const pass = (types: string[]) =>
      statementsOf(deployPolicies(types, place)).filter(({ Action }) =>
        Action.includes("iam:PassRole"),
      );
    assert.deepEqual(pass(["aws:sqs/queue:Queue"]), []);
    assert.deepEqual(pass(["aws:lambda/function:Function", "aws:transfer/server:Server"]), [
      {
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: ["arn:aws:iam::111111111111:role/canal-ftp-dev-*"],
        Condition: {
          StringEquals: {
            "iam:PassedToService": ["lambda.amazonaws.com", "transfer.amazonaws.com"],
          },
        },
      },
    ]);
  });

  it("take in a bucket whose name the configuration gives", () => {
    const values = {
      "aws:region": "cn-north-1",
      "aws:allowedAccountIds": '["222222222222"]',
      "canal-ftp:bucketName": "plant-files",
    };
    const policies = deployPolicies(["aws:s3/bucket:Bucket"], placeOf("canal-ftp", "prod", values));
    assert.ok(on(policies, "s3:DeleteObject").includes("arn:aws-cn:s3:::plant-files/*"));
    assert.equal(placeOf("canal-ftp", "prod", values).account, "222222222222");
    assert.equal(placeOf("canal-ftp", "prod", values, "333333333333").account, "333333333333");
    assert.equal(placeOf("canal-ftp", "dev", { "aws:region": "us-west-2" }).account, "*");
  });

  it("are refused for a type that nobody has looked up", () => {
    assert.throws(
      () => deployPolicies(["aws:rds/instance:Instance", "aws:sqs/queue:Queue"], place),
      /no entry for aws:rds\/instance:Instance: add/,
    );
    assert.equal(deployPolicies(["command:local:Command"], place).length, 1);
  });
});

describe("deploy role: needs", () => {
  it("name actions in full, and say how a resource is made or read", () => {
    for (const [type, need] of Object.entries(needs)) {
      assert.match(type, /^aws:[a-z0-9]+\/[a-zA-Z]+:[A-Z]/);
      assert.ok(need.page && need.on.length > 0, type);
      assert.ok(actionsOf(need).length >= 2, type);
      for (const action of actionsOf(need)) {
        assert.match(action, /^[a-z0-9]+:[A-Z][A-Za-z]+$/, `${type} ${action}`);
      }
    }
  });
});
