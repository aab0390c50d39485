import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { pageFile, policiesShown } from "../../../cli/deploy-role/deploy-role";
import { pageWith, writtenMark } from "../../../cli/deploy-role/page";
import { policiesLimit, sizeOf } from "../../../cli/deploy-role/policy";
import { resourceTypes } from "../../../resources";
import { root } from "../../support/golden";

describe("deploy role: page", function () {
  this.timeout(180_000);

  it("has the page that npx canal-ftp deploy-role --write writes", async () => {
    const page = fs.readFileSync(path.join(root, pageFile), "utf8");
    const stacks = await policiesShown(root);
    for (const policies of Object.values(stacks)) assert.ok(policies.length <= policiesLimit);
    assert.equal(await pageWith(page, stacks), page);
    for (const [type, { actions }] of Object.entries(resourceTypes)) {
      if (actions && actions !== "none") assert.ok(page.includes(`### ${type}\n`), type);
    }
    await assert.rejects(pageWith(page.replace(writtenMark, ""), stacks), /does not have the line/);
  });

  it("keeps the text above its line, and writes types, functions and policies below", async () => {
    const policy = {
      Version: "2012-10-17" as const,
      Statement: [{ Effect: "Allow" as const, Action: ["sqs:CreateQueue"], Resource: ["*"] }],
    };
    const page = await pageWith(`# Mine\n\n${writtenMark}\n\noutdated sentence\n`, {
      dev: [policy],
    });
    assert.ok(page.startsWith(`# Mine\n\n${writtenMark}\n\n## Actions by resource type\n`));
    assert.doesNotMatch(page, /outdated/);
    assert.match(page, /^- aws:ec2\/getRouteTable:getRouteTable: `ec2:DescribeRouteTables`$/m);
    assert.doesNotMatch(page, /getRegion/);
    assert.match(page, /^## Policies of dev$/m);
    assert.ok(page.includes(`Policy 1 of 1, ${sizeOf(policy)} of 6,144 characters:`));
  });
});
