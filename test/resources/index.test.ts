import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import {
  callInvoke,
  createResource,
  fileOf,
  invokes,
  isStructural,
  resourceTypes,
  typesWithout,
  unknownTypeNotices,
} from "../../resources";
import { allActions, isUnlimited } from "../../resources/actions";
import { root } from "../support/stack-values";
import { contextOf, created } from "./support";

const parameter = "aws:ssm/parameter:Parameter";

describe("resources", () => {
  it("each type and function is in the file of its module", () => {
    for (const token of [...Object.keys(resourceTypes), ...Object.keys(invokes)]) {
      if (token === "command:local:Command") continue;
      const text = fs.readFileSync(path.join(root, fileOf(token)), "utf8");
      assert.ok(text.includes(`"${token}"`), `${token} is not in ${fileOf(token)}`);
    }
  });

  it("names the file that a type or function belongs to", () => {
    assert.equal(fileOf(parameter), "resources/ssm.ts");
    assert.equal(fileOf("aws:index/getRegion:getRegion"), "resources/aws.ts");
    assert.equal(fileOf("awsx:ec2:Vpc"), "resources/awsx.ts");
    assert.equal(fileOf("random:index/randomPassword:RandomPassword"), "resources/random.ts");
  });

  it("actions have full names, a page and ARNs, and every type is created or read by one", () => {
    for (const [type, { actions }] of Object.entries(resourceTypes)) {
      if (actions === undefined || actions === "none") continue;
      assert.ok(actions.page, type);
      assert.ok(allActions(actions).length > 0, type);
      assert.equal(actions.on.length > 0, !allActions(actions).every(isUnlimited), type);
      for (const action of allActions(actions)) {
        assert.match(action, /^[a-z0-9]+:[A-Z][A-Za-z]+$/, `${type} ${action}`);
      }
    }
  });

  it("a type with outputs has replacements, actions and a cost, too", () => {
    for (const [type, known] of Object.entries(resourceTypes)) {
      if (!known.create) continue;
      assert.ok(known.actions && known.cost, type);
      if (type.startsWith("aws:")) assert.ok(known.replacedBy, type);
    }
  });

  it("a type that is not known returns its inputs, an id and an ARN, the same each time", () => {
    const { id, outputs } = created(parameter, "setting", { value: "1", tags: { a: "b" } });
    assert.match(id, /^setting-[0-9a-f]{7}$/);
    assert.deepEqual(outputs, {
      arn: `arn:aws:ssm:eu-west-1:210987654321:parameter/${id}`,
      tagsAll: { stack: "test", a: "b" },
    });
    assert.equal(created(parameter, "setting").id, id);
    assert.deepEqual(created("random:index/randomId:RandomId", "r").outputs, {});
  });

  it("components and providers have no outputs of their own and need no entry", () => {
    const component = createResource("my:own:Site", "site", { a: 1 }, contextOf(), false);
    assert.deepEqual(component, { id: "", outputs: {} });
    const provider = created("pulumi:providers:aws", "tokyo");
    const resources = [
      { type: "my:own:Site", id: component.id },
      { type: "pulumi:providers:aws", id: provider.id },
    ];
    assert.ok(provider.id && resources.every(isStructural));
    assert.deepEqual(typesWithout("create", resources), []);
  });

  it("notices name each type once, and a component of awsx, whose children are not seen", () => {
    const notices = unknownTypeNotices([
      { type: parameter, id: "a" },
      { type: parameter, id: "b" },
      { type: "aws:s3/bucket:Bucket", id: "c" },
      { type: "awsx:lb:ApplicationLoadBalancer", id: "" },
      { type: "awsx:ec2:Vpc", id: "" },
    ]);
    assert.equal(notices.length, 2);
    assert.match(notices[0], /^aws:ssm\/parameter:Parameter .* resources\/ssm\.ts\.$/);
    assert.match(notices[1], /^awsx:lb:ApplicationLoadBalancer .* resources\/awsx\.ts\.$/);
  });

  it("a function that is not known is an error with its name and file", () => {
    assert.throws(
      () => callInvoke("aws:ssm/getParameter:getParameter", {}, contextOf()),
      /aws:ssm\/getParameter:getParameter.*resources\/ssm\.ts/,
    );
  });
});
