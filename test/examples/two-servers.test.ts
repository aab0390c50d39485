import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { rules, stackRules } from "../../policies/rules";
import { evaluate } from "../../lib/stack/evaluate";
import type { EvaluatedStack } from "../../lib/stack/resource";
import { readStackConfig } from "../../lib/stack/stack-config";
import { providers } from "../../resources";
import { driverVerb } from "../../resources/soracom";
import { root } from "../support/golden";
import { folderWithPackage } from "../support/packed-package";

const original = path.join(root, "examples", "two-servers");
const passwords = { cameras: "k3Jd82hsQp0xYtz", loggers: "Wq7pLm20VxZr81a" };

/** With the package as another program has it. */
function evaluateExample(): Promise<EvaluatedStack> {
  const folder = path.join(folderWithPackage(), "two-servers");
  fs.cpSync(original, folder, { recursive: true });
  const { project, values } = readStackConfig(folder, "dev");
  const secrets = Object.entries(passwords).map(
    ([devices, password]) => [`${project}:${devices}Password`, password] as const,
  );
  return evaluate({
    program: () => import(path.join(folder, "index.ts")),
    providers,
    project,
    stack: "dev",
    config: { ...values, ...Object.fromEntries(secrets) },
    secretKeys: secrets.map(([key]) => key),
  });
}

describe("examples/two-servers", function () {
  this.timeout(180_000);
  let stack: EvaluatedStack;
  before(async () => (stack = await evaluateExample()));
  const all = (type: string) =>
    stack.resources.filter((resource) => resource.type.endsWith(`:${type}`));
  /** Commands that create; those without a delete set tags of what another creates. */
  const driven = (noun: string) =>
    all("Command").filter(
      ({ inputs }) => driverVerb(inputs)?.startsWith(`${noun} `) && inputs.delete !== undefined,
    );

  it("makes two servers behind one VPG, one peering and one route in each table of the VPC", () => {
    assert.deepEqual([driven("vpg").length, driven("peering").length], [1, 1]);
    const tables = all("Route").map(({ inputs }) => inputs.routeTableId);
    assert.deepEqual(tables.sort(), ["rtb-0123456789abcdef0", "rtb-0123456789abcdef1"]);
    assert.deepEqual(all("Vpc"), []);
    const endpoints = all("Server").map(({ inputs }) => inputs.endpointDetails);
    assert.equal(endpoints.length, 2);
    for (const endpoint of endpoints as { vpcId: string }[]) {
      assert.equal(endpoint.vpcId, "vpc-0123456789abcdef0");
    }
  });

  it("shares nothing else: bucket, table, function and security group are each server's own", () => {
    const groups = all("Server").map(
      ({ inputs }) =>
        (inputs.endpointDetails as { securityGroupIds: string[] }).securityGroupIds[0],
    );
    assert.equal(new Set(groups).size, 2);
    const functions = all("Function").map(
      ({ inputs }) => (inputs.environment as { variables: Record<string, string> }).variables,
    );
    for (const variable of ["TABLE_NAME", "BUCKET_NAME", "FILE_ROLE_ARN"]) {
      assert.equal(new Set(functions.map((variables) => variables[variable])).size, 2, variable);
    }
    assert.deepEqual([all("Bucket").length, all("Table").length], [2, 2]);
    const users = all("TableItem").filter(({ name }) => name.includes("-user-"));
    assert.deepEqual(
      users.map(({ inputs }) => inputs.tableName).sort(),
      [...all("Table").map(({ outputs }) => outputs.name)].sort(),
    );
  });

  it("admits traffic from the VPG, and violates no policy", () => {
    const ranges = all("SecurityGroupIngressRule").map(({ inputs }) => inputs.cidrIpv4);
    assert.deepEqual(
      [...new Set(ranges)],
      [JSON.parse(String(driven("vpg")[0].outputs.stdout)).vpgCidr],
    );
    assert.equal(ranges.length, 4);
    const checked = stack.resources.map((resource) => ({
      ...resource,
      properties: resource.inputs,
    }));
    const found = [
      ...rules.flatMap((rule) =>
        checked.flatMap((one) => rule.check(one).map((text) => `${one.name} ${text}`)),
      ),
      ...stackRules.flatMap((rule) =>
        rule
          .check(checked.map((one) => ({ ...one, properties: { ...one.inputs, ...one.outputs } })))
          .map(({ resource, message }) => `${resource.name} ${message}`),
      ),
    ];
    assert.deepEqual(found, []);
  });

  it("has no password in any resource, and outputs the address of each server", () => {
    const text = JSON.stringify(stack.resources);
    for (const password of Object.values(passwords)) assert.ok(!text.includes(password));
    const addresses = stack.outputs.addresses as Record<string, string[]>;
    assert.deepEqual(Object.keys(addresses), ["cameras", "loggers"]);
    assert.equal(addresses.cameras.length, 2);
  });
});
