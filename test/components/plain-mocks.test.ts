import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { FileStore } from "../../components/file-store";

/** A component in the unit test of another program, with Pulumi's documented mocks and nothing of this project. */
describe("components with pulumi.runtime.setMocks", () => {
  it("are created with inputs as outputs", async () => {
    const types: string[] = [];
    await pulumi.runtime.setMocks(
      {
        newResource: ({ type, name, inputs }) => {
          types.push(type);
          return { id: `${name}-id`, state: inputs as object };
        },
        call: ({ inputs }) => inputs as Record<string, unknown>,
      },
      "other-program",
      "test",
      false,
    );
    const { bucketName } = new FileStore("files", { forceDestroy: true });
    const id = await new Promise((resolve) => bucketName.apply(resolve));
    assert.equal(id, "files-bucket-id");
    await pulumi.runtime.disconnect();
    assert.ok(types.includes("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"));
  });
});
