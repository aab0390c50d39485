import assert from "node:assert/strict";

import { created } from "./support";

describe("resources/lambda", () => {
  it("an event source mapping has a UUID, the same in every evaluation", () => {
    const type = "aws:lambda/eventSourceMapping:EventSourceMapping";
    const { id } = created(type, "m", { functionName: "f" });
    assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(created(type, "m").id, id);
    assert.notEqual(created(type, "n").id, id);
  });

  it("a function has the ARN that API Gateway invokes", () => {
    const { outputs } = created("aws:lambda/function:Function", "f", { name: "login" });
    const arn = "arn:aws:lambda:eu-west-1:210987654321:function:login";
    assert.equal(outputs.arn, arn);
    assert.equal(
      outputs.invokeArn,
      `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
    );
  });
});
