import assert from "node:assert/strict";

import { identityPath, restApiBody } from "../../../components/internal/rest-api-body";

describe("components/internal/rest-api-body", () => {
  it("has one method, authorized by IAM, with a proxy integration", () => {
    const body = restApiBody("title", "arn:invoke", 15);
    const methods = Object.entries(body.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    assert.deepEqual(methods, ["get /servers/{serverId}/users/{username}/config"]);
    const method = body.paths[identityPath].get;
    assert.deepEqual(method.security, [{ sigv4: [] }]);
    assert.equal(body.components.securitySchemes.sigv4["x-amazon-apigateway-authtype"], "awsSigv4");
    assert.deepEqual(
      method.parameters.map(({ name, in: place, required }) => [name, place, required]),
      [
        ["serverId", "path", true],
        ["username", "path", true],
      ],
    );
    const { uri, type, timeoutInMillis } = method["x-amazon-apigateway-integration"];
    assert.deepEqual([uri, type, timeoutInMillis], ["arn:invoke", "aws_proxy", 15_000]);
  });
});
