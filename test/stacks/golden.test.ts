import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import type { EvaluatedStack, Resource } from "../../lib/stack/resource";
import {
  evaluateStack,
  goldenFile,
  goldenStacks,
  goldenText,
  goldenUser,
  root,
} from "../support/golden";

/** Whether AWS has tags for a resource type: the provider's own class then has such an input. */
function isTaggable(type: string): boolean {
  const [provider, file] = type.split(":");
  if (type === "awsx:ec2:Vpc") return true;
  if (provider !== "aws") return false;
  const code = path.join(root, "node_modules/@pulumi/aws", `${file}.js`);
  return fs.readFileSync(code, "utf8").includes('resourceInputs["tags"]');
}

/** The parts of awsx's VPC are made by the twin's answer, which gives them no inputs of tags. */
const tagsOf = ({ inputs, outputs }: Resource) =>
  ({ ...(outputs.tagsAll as object), ...(inputs.tags as object) }) as Record<string, string>;

/** Resources whose inputs hold the text, with what of them is secret. */
const holdersOf = (text: string, resources: readonly Resource[]) =>
  resources
    .filter(({ inputs }) => JSON.stringify(inputs).includes(text))
    .map(({ name, secrets }) => [name, secrets]);

describe("stacks", () => {
  const evaluated: Record<string, EvaluatedStack> = {};
  before(async () => {
    // Both in one process, one after the other: what the first leaves behind would show in the second.
    for (const stack of goldenStacks) evaluated[stack] = await evaluateStack(stack);
  });

  for (const stack of goldenStacks) {
    describe(stack, () => {
      it("creates what its golden file lists (renew with npm run golden)", () => {
        assert.equal(goldenText(evaluated[stack]), fs.readFileSync(goldenFile(stack), "utf8"));
      });

      it("tags every resource that has tags with project, stack and environment", () => {
        const taggable = evaluated[stack].resources.filter(({ type }) => isTaggable(type));
        assert.ok(taggable.length >= 20, `only ${taggable.length}`);
        for (const resource of taggable.filter(({ inputs, parent }) => inputs.tags ?? parent)) {
          const { project, stack: name, environment } = tagsOf(resource);
          const expected = { project: "canal-ftp", name: stack, environment: stack };
          assert.deepEqual({ project, name, environment }, expected, resource.key);
        }
      });

      it("shows no password, and passes its hash on as a secret only", () => {
        const { resources } = evaluated[stack];
        assert.ok(!JSON.stringify(resources).includes(goldenUser.password));
        assert.deepEqual(
          // In the order of their names: the order of the hashes is not defined.
          holdersOf("$scrypt$", resources).sort(),
          // dev has no canary: Pulumi.dev.yaml.
          [
            ...(stack === "prod" ? [["canal-ftp-prod-canary-user", ["item"]]] : []),
            // The component itself, by its arguments.
            [`canal-ftp-${stack}-identity`, ["users"]],
            [`canal-ftp-${stack}-identity-user-camera01`, ["item"]],
          ],
        );
        assert.ok(!fs.readFileSync(goldenFile(stack), "utf8").includes("$scrypt$"));
      });

      it("gives the canary's password to its function only, as a secret, and not to the golden file", () => {
        const { resources } = evaluated[stack];
        const made = resources.find(({ name }) => name === `canal-ftp-${stack}-canary-password`);
        assert.equal(made !== undefined, stack === "prod");
        if (!made) return;
        const { password } = JSON.parse(String(made.outputs.stdout)) as { password: string };
        const holder = [`canal-ftp-${stack}-canary-function`, ["environment"]];
        assert.deepEqual(holdersOf(password, resources), [holder]);
        assert.ok(!fs.readFileSync(goldenFile(stack), "utf8").includes(password));
      });

      it("gives the addresses and the line to type", () => {
        const { outputs } = evaluated[stack];
        assert.deepEqual(outputs.privateIps, ["10.0.0.5", "10.0.64.5"]);
        assert.match(String(outputs.endpoint), /^vpce-.*\.vpce\.amazonaws\.com$/);
        assert.equal(outputs.ftpCommand, `ftp -p ${String(outputs.endpoint)}`);
        const given = [
          "bucket",
          "serverId",
          "vpgId",
          "peeringConnectionId",
          "simGroupId",
          "userTable",
        ];
        for (const name of given) assert.equal(typeof outputs[name], "string", name);
      });
    });
  }

  it("protects in prod what devices store and what cannot be created again", () => {
    const types = (stack: string) =>
      new Set(
        evaluated[stack].resources.filter((r) => r.protect).map((r) => `${r.type} ${r.name}`),
      );
    const expected = [
      "aws:s3/bucket:Bucket canal-ftp-prod-files-bucket",
      "aws:s3/bucket:Bucket canal-ftp-prod-uploads-log-bucket",
      "aws:dynamodb/table:Table canal-ftp-prod-identity-users",
      "aws:transfer/server:Server canal-ftp-prod-ftp-server",
      "command:local:Command canal-ftp-prod-vpg-gateway",
      "awsx:ec2:Vpc canal-ftp-prod-network-vpc",
      "aws:ec2/subnet:Subnet canal-ftp-prod-network-vpc-ftp-1",
      "aws:ec2/subnet:Subnet canal-ftp-prod-network-vpc-ftp-2",
    ];
    for (const resource of expected) assert.ok(types("prod").has(resource), resource);
    assert.equal(types("dev").size, 0);
  });

  it("permits the destroy of dev with its files, and not of prod", () => {
    const find = (stack: string, type: string) =>
      evaluated[stack].resources.find((resource) => resource.type === type)!.inputs;
    for (const [stack, goesWithFiles] of [
      ["dev", true],
      ["prod", false],
    ] as const) {
      const buckets = evaluated[stack].resources.filter(
        ({ type }) => type === "aws:s3/bucket:Bucket",
      );
      assert.deepEqual(
        buckets.map(({ inputs }) => inputs.forceDestroy),
        [goesWithFiles, goesWithFiles],
      );
    }
    const table = "aws:dynamodb/table:Table";
    assert.equal(find("prod", table).deletionProtectionEnabled, true);
    assert.deepEqual(find("prod", table).pointInTimeRecovery, { enabled: true });
    assert.equal(find("dev", table).deletionProtectionEnabled, false);
  });
});
