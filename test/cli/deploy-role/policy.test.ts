import assert from "node:assert/strict";

import { everyOption } from "../../../cli/deploy-role/every-option";
import {
  deployPolicies as deployPoliciesOf,
  Policy,
  policyLimit,
  providerActions,
  sizeOf,
} from "../../../cli/deploy-role/policy";
import { invokes, resourceTypes, typesWithout } from "../../../resources";
import { type Actions, allActions } from "../../../resources/actions";
import { evaluateStack, goldenStacks } from "../../support/golden";

const target = {
  partition: "aws",
  region: "ap-northeast-1",
  account: "111111111111",
  name: "canal-ftp-dev",
  buckets: [] as string[],
};
const known = Object.entries(resourceTypes).flatMap(([type, { actions }]): [string, Actions][] =>
  actions && actions !== "none" ? [[type, actions]] : [],
);
const all = known.map(([type]) => type);

const attached = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";
const resourceOf = (type: string) => ({ type, id: "id", inputs: { policyArn: attached } });

/** Policies for a resource of each of these types, and these functions. */
const deployPolicies = (types: readonly string[], to = target, functions: string[] = []) =>
  deployPoliciesOf({ resources: types.map(resourceOf), invokes: functions }, to);

const statementsOf = (policies: readonly Policy[]) =>
  policies.flatMap(({ Statement }) => Statement);

/** Resources on which an action is allowed. */
const on = (policies: readonly Policy[], action: string) =>
  statementsOf(policies)
    .filter(({ Action }) => Action.includes(action))
    .flatMap(({ Resource }) => Resource);

describe("deploy role: policies", () => {
  it("know every type and function of the stacks, with every option that adds one", async () => {
    for (const stack of goldenStacks) {
      const evaluated = await evaluateStack(stack, {
        ...everyOption("canal-ftp"),
      });
      const types = new Set(evaluated.resources.map(({ type }) => type));
      assert.ok(types.has("aws:budgets/budget:Budget") && types.has("aws:route53/zone:Zone"));
      assert.deepEqual(typesWithout("actions", evaluated.resources), []);
      assert.ok(evaluated.invokes.includes("aws:ec2/getVpcEndpoint:getVpcEndpoint"));
      for (const token of evaluated.invokes) assert.ok(token in invokes, token);
    }
  });

  it("allow for each type its actions, and otherwise only those of the provider itself", () => {
    for (const [type, actions] of known) {
      const allowed = statementsOf(deployPolicies([type], target)).flatMap(({ Action }) => Action);
      const wanted = new Set([...allActions(actions), ...providerActions]);
      assert.deepEqual(
        [...new Set(allowed)].filter((action) => action !== "iam:PassRole").sort(),
        [...wanted].sort(),
        type,
      );
    }
  });

  it("allow for each function its actions, on all resources", () => {
    for (const [token, { actions }] of Object.entries(invokes)) {
      const policies = deployPolicies([], target, [token]);
      for (const action of actions) assert.deepEqual(on(policies, action), ["*"], token);
    }
    const endpoint = deployPolicies([], target, ["aws:ec2/getVpcEndpoint:getVpcEndpoint"]);
    assert.deepEqual(on(endpoint, "ec2:DescribePrefixLists"), ["*"]);
    assert.deepEqual(on(deployPolicies([], target), "ec2:DescribePrefixLists"), []);
  });

  it("keep to the size limit of a managed policy with every type", () => {
    const policies = deployPolicies(all, target);
    assert.ok(policies.length > 1 && policies.length <= 10);
    for (const policy of policies) assert.ok(sizeOf(policy) <= policyLimit, `${sizeOf(policy)}`);
    const once = deployPolicies(["aws:sqs/queue:Queue"], target);
    assert.equal(once.length, 1);
  });

  it("split a statement that is too long for one policy, without losing an action", () => {
    const many = {
      ...target,
      buckets: Array.from({ length: 95 }, (_, i) => `bucket-${i}-${"x".repeat(40)}`),
    };
    const narrow = {
      ...target,
      buckets: Array.from({ length: 40 }, (_, i) => `bucket-${i}-${"x".repeat(40)}`),
    };
    for (const wide of [narrow, many]) {
      const policies = deployPolicies(["aws:s3/bucket:Bucket"], wide);
      const actions = new Set(statementsOf(policies).flatMap(({ Action }) => Action));
      for (const action of allActions(resourceTypes["aws:s3/bucket:Bucket"].actions as Actions))
        assert.ok(actions.has(action));
    }
    assert.ok(
      deployPolicies(["aws:s3/bucket:Bucket"], narrow).every((p) => sizeOf(p) <= policyLimit),
    );
  });

  it("name the stack's own resources where names can be chosen", () => {
    const policies = deployPolicies(all, target);
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

  it("pass the stack's roles only to services that use one", () => {
    const pass = (types: string[]) =>
      statementsOf(deployPolicies(types, target)).filter(({ Action }) =>
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

  it("allow what other configurations create to be read and deleted, and not created", () => {
    const [queue, topic] = ["aws:sqs/queue:Queue", "aws:sns/topic:Topic"];
    const policies = deployPoliciesOf(
      { resources: [resourceOf(queue)], invokes: [], removable: [queue, topic].map(resourceOf) },
      target,
    );
    const allowed = statementsOf(policies).flatMap(({ Action }) => Action);
    const { create, read, delete: remove } = resourceTypes[topic].actions as Actions;
    for (const action of [...read, ...remove]) assert.ok(allowed.includes(action), action);
    for (const action of create) assert.ok(!allowed.includes(action), action);
    assert.ok(allowed.includes("sqs:CreateQueue"));
    assert.deepEqual(
      statementsOf(
        deployPoliciesOf(
          {
            resources: [],
            invokes: [],
            removable: [resourceOf("aws:lambda/function:Function")],
          },
          target,
        ),
      ).filter(({ Action }) => Action.includes("iam:PassRole")),
      [],
    );
  });

  it("attach only the policies that the stack attaches", () => {
    const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const found = statementsOf(deployPolicies([type], { ...target, partition: "aws-cn" }));
    const withAction = (action: string) => found.filter(({ Action }) => Action.includes(action));
    for (const action of ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]) {
      assert.deepEqual(
        withAction(action).map(({ Condition }) => Condition),
        [{ ArnEquals: { "iam:PolicyARN": [attached.replace("aws:", "aws-cn:")] } }],
      );
    }
    const [read] = withAction("iam:ListAttachedRolePolicies");
    assert.equal(read.Condition, undefined);
  });

  it("delete the network interfaces that Lambda leaves with a group or in a subnet", () => {
    for (const type of ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/subnet:Subnet"]) {
      const policies = deployPolicies([type]);
      const own = "arn:aws:ec2:ap-northeast-1:111111111111:network-interface/*";
      assert.deepEqual(on(policies, "ec2:DescribeNetworkInterfaces"), ["*"]);
      for (const action of ["ec2:DetachNetworkInterface", "ec2:DeleteNetworkInterface"]) {
        assert.ok(on(policies, action).includes(own), `${type} ${action}`);
      }
    }
  });

  it("read alarms on all resources, because a request for one is authorized on every one", () => {
    const policies = deployPolicies(["aws:cloudwatch/metricAlarm:MetricAlarm"]);
    assert.deepEqual(on(policies, "cloudwatch:DescribeAlarms"), ["*"]);
  });

  it("include a bucket whose name the configuration gives", () => {
    const policies = deployPolicies(["aws:s3/bucket:Bucket"], {
      ...target,
      partition: "aws-cn",
      buckets: ["plant-files"],
    });
    assert.ok(on(policies, "s3:DeleteObject").includes("arn:aws-cn:s3:::plant-files/*"));
  });

  it("fail for types and functions that are not known, each with its file", () => {
    assert.throws(
      () =>
        deployPolicies(["aws:rds/instance:Instance", "aws:sqs/queue:Queue"], target, [
          "aws:ssm/getParameter:getParameter",
        ]),
      (error: Error) => {
        assert.match(error.message, /^ {2}aws:rds\/instance:Instance to resources\/rds\.ts$/m);
        assert.match(
          error.message,
          /^ {2}aws:ssm\/getParameter:getParameter to resources\/ssm\.ts$/m,
        );
        return !/sqs/.test(error.message);
      },
    );
    assert.equal(deployPolicies(["command:local:Command"], target).length, 1);
  });
});
