import assert from "node:assert/strict";

import { keyOfUrn, readUrn } from "../../../lib/stack/urn";

const urn = "urn:pulumi:dev::canal-ftp::canal-ftp:index:Site$aws:s3/bucket:Bucket::files::a";

describe("lib/stack/urn", () => {
  it("reads the parts, the type without its parents' and a name with colons", () => {
    assert.deepEqual(readUrn(urn), {
      stack: "dev",
      project: "canal-ftp",
      type: "aws:s3/bucket:Bucket",
      name: "files::a",
    });
  });

  it("reads empty parts of a text that is no URN", () => {
    assert.deepEqual(readUrn(""), { stack: "", project: "", type: "", name: "" });
  });

  it("has a key for a resource, and none for the stack", () => {
    assert.equal(keyOfUrn(urn), "aws:s3/bucket:Bucket::files::a");
    assert.equal(keyOfUrn("urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev"), undefined);
    assert.equal(keyOfUrn("none"), undefined);
  });
});
