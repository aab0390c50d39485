import assert from "node:assert/strict";

import { costItems, monthOf, type Month } from "../../../cli/cost/month";
import { usualUsage } from "../../../cli/cost/priced-stack";
import { readPrices } from "../../../cli/cost/prices";
import type { EvaluatedStack } from "../../../lib/stack/resource";
import type { Usage } from "../../../resources/cost-item";
import { evaluateStack, goldenStacks } from "../../support/golden";
import { resource, stackOf } from "../../twin/queue/support";

const list = readPrices();
const line = ({ lines }: Month, name: string) => lines.find(({ item }) => item === name);
const units = (month: Month, name: string) => line(month, name)?.units;

const monthly = (stack: EvaluatedStack, usage: Partial<Usage> = {}) =>
  monthOf(stack, { ...usualUsage, ...usage }, list);

describe("a stack's month", function () {
  this.timeout(30_000);

  it("has a price, or a reason to cost nothing, for every type of the golden stacks", async () => {
    for (const stack of goldenStacks) {
      assert.deepEqual(monthly(await evaluateStack(stack)).notPriced, []);
    }
  });

  it("uses every price of the file, and no name twice", () => {
    assert.deepEqual(
      Object.keys(list.prices).sort(),
      [...new Set(costItems.map(({ price }) => price))].sort(),
    );
    assert.equal(new Set(costItems.map(({ name }) => name)).size, costItems.length);
  });

  it("of dev has the server, the VPG, and the items of logins and files", async () => {
    const stack = await evaluateStack("dev");
    const month = monthly(stack, { loginsPerDay: 1000, filesPerDay: 500 });
    assert.deepEqual(month.notPriced, []);
    assert.equal(line(month, "Transfer Family, server")?.usd, 219);
    assert.equal(units(month, "Transfer Family, data"), 20);
    assert.equal(line(month, "Transfer Family, data")?.usd, 0.8);
    assert.equal(units(month, "SORACOM VPG, base"), 730);
    assert.equal(line(month, "SORACOM VPG, base")?.usd, undefined);
    assert.equal(line(month, "SORACOM VPG, setup")?.once, true);
    const logins = (1000 * 730) / 24;
    assert.equal(units(month, "API Gateway"), logins / 1e6);
    assert.equal(units(month, "DynamoDB, reads"), (4 * logins) / 1e6);
    assert.equal(units(month, "DynamoDB, point-in-time recovery"), undefined);
    assert.equal(month.checked, 219.8);
    const known = month.lines
      .filter(({ once }) => !once)
      .reduce((sum, { usd = 0 }) => sum + usd, 0);
    assert.ok(Math.abs(month.sum - known) < 1e-9 && month.sum > month.checked);
  });

  it("of prod has recovery of its table, and a longer log", async () => {
    const [dev, prod] = [monthly(await evaluateStack("dev")), monthly(await evaluateStack("prod"))];
    assert.equal(units(prod, "DynamoDB, point-in-time recovery"), 0.001);
    const kept = (month: Month) => units(month, "CloudWatch, log storage") ?? 0;
    assert.ok(kept(prod) > kept(dev));
  });

  it("counts the metrics of each function, and the S3 requests of the one for uploads", async () => {
    const [dev, prod] = [monthly(await evaluateStack("dev")), monthly(await evaluateStack("prod"))];
    // Login, uploads, an API method, two filters; prod has a canary in addition.
    assert.equal(units(dev, "CloudWatch, metrics"), 20 + 7 + 5 + 2);
    assert.equal(units(prod, "CloudWatch, metrics"), 20 + 7 + 5 + 2 + 7);
    const without = monthly(await evaluateStack("dev", { "canal-ftp:uploadEvents": "false" }));
    const files = (2400 * 730) / 24 / 1000;
    const requests = (month: Month) => [units(month, "S3, writes"), units(month, "S3, reads")];
    assert.deepEqual(requests(without), [files, 3 * files]);
    assert.deepEqual(requests(dev), [5 * files, 6 * files]);
  });

  it("follows the configuration: no Canal, Transfer Family calls the function, secrets, a key", async () => {
    const alone = monthly(
      await evaluateStack("dev", {
        "canal-ftp:canal": "none",
        "canal-ftp:allowedCidr": "10.0.0.0/8",
      }),
    );
    for (const item of ["SORACOM VPG, base", "SORACOM Canal peering", "traffic between zones"]) {
      assert.equal(line(alone, item), undefined, item);
    }
    const direct = monthly(await evaluateStack("dev", { "canal-ftp:identityProvider": "lambda" }));
    assert.equal(line(direct, "API Gateway"), undefined);
    assert.ok(line(direct, "Lambda, calls"));
    const secret = monthly(
      await evaluateStack("dev", {
        "canal-ftp:userStore": "secretsmanager",
        "canal-ftp:users": "[]",
      }),
    );
    assert.equal(units(secret, "Secrets Manager, reads"), (2400 * 730) / 24 / 1e6);
    const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    assert.ok(
      line(monthly(await evaluateStack("dev", { "canal-ftp:kmsKeyArn": key })), "KMS, requests"),
    );
    const given = { "canal-ftp:vpgId": "00000000-0000-4000-8000-000000000001" };
    const month = monthly(await evaluateStack("dev", given));
    assert.equal(line(month, "SORACOM VPG, base"), undefined);
    assert.equal(units(month, "SORACOM Canal peering"), 730);
  });

  it("costs less where logins are remembered, and grows with what devices do", async () => {
    const stack = await evaluateStack("dev");
    const seconds = (remembered: number) =>
      units(monthly(stack, { remembered, filesPerDay: 0 }), "Lambda, duration") ?? 0;
    assert.ok(Math.abs(seconds(0) / seconds(1) - 17) < 1e-6);
    const more = monthly(stack, { loginsPerDay: 24_000, storedGb: 200, transferredGb: 200 });
    const usual = monthly(stack);
    for (const item of ["API Gateway", "S3, storage", "Transfer Family, data", "Lambda, calls"]) {
      assert.ok((line(more, item)?.usd ?? 0) > (line(usual, item)?.usd ?? 0), item);
    }
  });

  it("bills optional parts: queue, schedule, resolver, zone, dashboard, alarms, endpoints", () => {
    const worker = resource("aws:lambda/function:Function", "worker", {
      memorySize: 512,
      arn: "arn:worker",
    });
    const canary = resource("aws:lambda/function:Function", "canary", {
      memorySize: 256,
      arn: "arn:canary",
    });
    const rule = resource("aws:cloudwatch/eventRule:EventRule", "rule", {
      scheduleExpression: "rate(5 minutes)",
    });
    const month = monthly(
      stackOf(
        worker,
        canary,
        rule,
        resource("aws:cloudwatch/eventTarget:EventTarget", "t", {
          rule: "rule",
          arn: "arn:canary",
        }),
        resource("aws:sqs/queue:Queue", "q", {}),
        resource("aws:sqs/queue:Queue", "dead", {}),
        resource("aws:lambda/eventSourceMapping:EventSourceMapping", "m", {
          functionName: "arn:worker",
        }),
        resource("aws:route53/resolverEndpoint:ResolverEndpoint", "r", { ipAddresses: [{}, {}] }),
        resource("aws:route53/zone:Zone", "z", {}),
        resource("aws:cloudwatch/dashboard:Dashboard", "d", {}),
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", "one", { metricName: "Errors" }),
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", "sum", {
          metricQueries: [{ expression: "a+b" }, { metric: {} }, { metric: {} }],
        }),
        resource("aws:ec2/vpcEndpoint:VpcEndpoint", "i", {
          vpcEndpointType: "Interface",
          subnetIds: ["a", "b"],
        }),
        resource("aws:ec2/vpcEndpoint:VpcEndpoint", "g", { vpcEndpointType: "Gateway" }),
        resource("aws:scheduler/schedule:Schedule", "s", {
          scheduleExpression: "rate(1 hour)",
          target: {},
        }),
      ),
      { filesPerDay: 240 },
    );
    const [files, rounds] = [240 * (730 / 24), 730 * 12];
    assert.equal(units(month, "Lambda, calls"), (files + rounds) / 1e6);
    assert.equal(units(month, "Lambda, duration"), files * 0.5 * 0.5 + rounds * 5 * 0.25);
    assert.equal(units(month, "SQS"), (3 * files + 657_000) / 1e6);
    assert.equal(line(month, "Route 53 Resolver, endpoint")?.usd, 730 * 2 * 0.125);
    assert.equal(units(month, "Route 53, zone"), 1);
    assert.equal(line(month, "CloudWatch, dashboards")?.usd, 3);
    assert.equal(units(month, "CloudWatch, alarms"), 3);
    assert.equal(units(month, "VPC endpoint"), 1460);
    assert.equal(units(month, "EventBridge Scheduler"), 730 / 1e6);
    assert.deepEqual(month.notPriced, []);
  });

  it("lists a type that is not known as not priced", () => {
    const month = monthly(
      stackOf(
        resource("aws:rds/instance:Instance", "a", {}),
        resource("aws:rds/instance:Instance", "b", {}),
      ),
    );
    assert.deepEqual(month.notPriced, [{ type: "aws:rds/instance:Instance", count: 2 }]);
    assert.equal(month.sum, 0);
  });

  it("fails for an item without a price in the file", () => {
    assert.throws(
      () => monthOf(stackOf(), usualUsage, { ...list, prices: {} }),
      /no price transfer\.hour for Transfer Family, server/,
    );
  });
});
