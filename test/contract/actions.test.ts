import assert from "node:assert/strict";

import type { Evaluation } from "../../lib/stack/resource";
import { invokes, isStructural, resourceTypes } from "../../resources";
import { type Actions, allActions, verbs } from "../../resources/actions";
import { type PublishedActions, publishedActions, whyNoModels } from "./aws-models";
import { cloudFormationType } from "./cloudformation-types";
import { compareActions } from "./compare-actions";
import { invokeActions } from "./invoke-actions";
import { contractStacks } from "./stacks";

describe("contract: actions", function () {
  this.timeout(180_000);
  if (whyNoModels) {
    it.skip(`agree with what AWS publishes (${whyNoModels})`);
    return;
  }
  const stacks: Record<string, Evaluation> = {};
  let types: Record<string, Actions>;
  let tokens: string[];
  let published: PublishedActions;
  const resources = () => Object.values(stacks).flatMap((stack) => stack.resources);
  const compare = (changed = types, data = published) => compareActions(changed, data, resources());

  before(async () => {
    for (const [name, evaluate] of Object.entries(contractStacks)) stacks[name] = await evaluate();
    const names = new Set(
      resources()
        .filter((r) => !isStructural(r))
        .map(({ type }) => type),
    );
    types = {};
    for (const type of [...names].sort()) {
      const actions = resourceTypes[type]?.actions;
      if (actions && actions !== "none") types[type] = actions;
    }
    tokens = [...new Set(Object.values(stacks).flatMap((stack) => stack.invokes))].sort();
    published = publishedActions(
      Object.keys(types).map(cloudFormationType),
      [
        ...new Set([
          ...Object.values(types).flatMap(allActions),
          ...tokens.flatMap((token) => invokes[token].actions),
        ]),
      ].sort(),
    );
  });

  it("of each resource type agree with AWS's, or differ for a reason", () => {
    const { complaints, explained } = compare();
    assert.deepEqual(complaints, []);
    const actions = new Set(Object.values(types).flatMap(allActions));
    console.log(
      `      ${Object.keys(stacks).length} stacks, ${Object.keys(types).length} types, ${actions.size} actions, ${explained} differences with a reason`,
    );
  });

  it("of each provider function are those of the API calls it makes", () => {
    for (const token of tokens) {
      const { actions } = invokes[token];
      const source = invokeActions[token];
      assert.ok(source, `${token} is not in invoke-actions.ts: add its source and API calls`);
      assert.deepEqual([...actions].sort(), [...source.actions].sort(), token);
      for (const action of actions) assert.ok(published.authorization[action], action);
    }
    console.log(`      ${tokens.length} provider functions`);
  });

  it("that are removed make the comparison fail, each one that the role then lacks", () => {
    let removed = 0;
    const unnoticed: string[] = [];
    for (const [type, actions] of Object.entries(types)) {
      for (const action of allActions(actions)) {
        const without: Actions = {
          ...actions,
          ...Object.fromEntries(
            verbs.map((verb) => [verb, actions[verb].filter((each) => each !== action)]),
          ),
        };
        const changed = { ...types, [type]: without };
        const stillGranted = Object.values(changed).some((each) =>
          allActions(each).includes(action),
        );
        if (stillGranted) continue;
        removed += 1;
        if (compare(changed).complaints.length === 0) unnoticed.push(`${type} without ${action}`);
      }
    }
    assert.deepEqual(unnoticed, []);
    for (const type of ["aws:lambda/function:Function", "aws:transfer/server:Server"]) {
      const changed = { ...types, [type]: { ...types[type], passesRoleTo: undefined } };
      assert.match(compare(changed).complaints.join("\n"), /AWS lists iam:PassRole/, type);
    }
    assert.ok(removed > 100, String(removed));
    console.log(`      ${removed} removed actions found`);
  });

  it("that AWS newly lists, no longer lists or misspelt ones make it fail as well", () => {
    const cloudFormation = cloudFormationType("aws:sqs/queue:Queue");
    const listed = published.handlers[cloudFormation];
    const withHandlers = (actions: readonly string[]) => ({
      ...published,
      handlers: { ...published.handlers, [cloudFormation]: actions },
    });
    const complaints = (data: PublishedActions) => compare(types, data).complaints.join("\n");
    assert.match(
      complaints(withHandlers([...listed, "sqs:New"])),
      /^aws:sqs\/queue:Queue: AWS lists sqs:New, which it does not have$/,
    );
    assert.match(
      complaints(withHandlers(listed.filter((action) => action !== "sqs:TagQueue"))),
      /sqs:TagQueue is not what AWS lists/,
    );
    const rest = Object.fromEntries(
      Object.entries(published.authorization).filter(([action]) => action !== "sqs:CreateQueue"),
    );
    assert.match(
      complaints({ ...published, authorization: rest }),
      /sqs:CreateQueue is not in the Service Authorization Reference/,
    );
  });

  it("whose ARNs no action accepts, and reasons that no longer hold, make it fail as well", () => {
    const queue = types["aws:sqs/queue:Queue"];
    const elsewhere = { ...queue, on: ["arn:{partition}:sns:{region}:{account}:{name}-*"] };
    assert.match(
      compare({ ...types, "aws:sqs/queue:Queue": elsewhere }).complaints.join("\n"),
      /no action accepts arn:\{partition\}:sns:/,
    );
    const keyed = { type: "aws:sqs/queue:Queue", inputs: { kmsMasterKeyId: "alias/mine" } };
    assert.match(
      compareActions(types, published, [...resources(), keyed]).complaints.join("\n"),
      /^aws:sqs\/queue:Queue sets one of .*kmsMasterKeyId.*: kms:\* no longer has a reason$/,
    );
  });
});
