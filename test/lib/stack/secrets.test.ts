import assert from "node:assert/strict";

import { unwrapSecrets } from "../../../lib/stack/secrets";

/** A secret as Pulumi serializes it (pulumi SDK, runtime/rpc). */
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("lib/stack/secrets", () => {
  it("unwraps secrets at any depth, and names the inputs that had one", () => {
    const { value, secrets } = unwrapSecrets({
      plain: "a",
      own: secret("b"),
      list: ["c", secret("d")],
      nested: { inner: { deep: secret({ e: 1 }) } },
    });
    assert.deepEqual(value, {
      plain: "a",
      own: "b",
      list: ["c", "d"],
      nested: { inner: { deep: { e: 1 } } },
    });
    assert.deepEqual(secrets, ["own", "list", "nested"]);
  });

  it("leaves objects of classes as they are", () => {
    const date = new Date(0);
    assert.equal(unwrapSecrets({ date }).value.date, date);
  });
});
