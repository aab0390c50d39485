import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { readEndpoint } from "../../../components/internal/endpoint-addresses";

const polling = { seconds: 60, pauseSeconds: 20, pause: async () => undefined };

/** Reads an endpoint with two subnets while AWS lists these interfaces, the last answer again and again. */
async function read(
  interfaces: readonly (readonly string[])[],
  { id = "vpce-1", state = "available", preview = false }: Record<string, unknown> = {},
) {
  const left = [...interfaces];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name }) => ({ id: name, state: {} }),
      call({ token, inputs }) {
        if (token.endsWith("getNetworkInterface")) {
          return { privateIp: String(inputs.id).replace("eni-", "10.0.0.") };
        }
        const networkInterfaceIds = left.length > 1 ? left.shift() : left[0];
        return { state, networkInterfaceIds, dnsEntries: [{ dnsName: "vpce-1.example" }] };
      },
    },
    "p",
    "s",
    preview as boolean,
  );
  return readEndpoint("s-1", id as string, 2, {}, polling);
}

const both = ["eni-20", "eni-5"];

describe("components/internal/readEndpoint", () => {
  it("returns names and addresses, in ascending order", async () => {
    const expected = { dnsNames: ["vpce-1.example"], addresses: ["10.0.0.5", "10.0.0.20"] };
    assert.deepEqual(await read([both]), expected);
  });

  it("waits until there is an address in each subnet", async () => {
    const { addresses } = await read([[], ["eni-5"], both]);
    assert.deepEqual(addresses, ["10.0.0.5", "10.0.0.20"]);
  });

  it("fails when there is not, or the endpoint is not available", async () => {
    await assert.rejects(
      read([["eni-5"]]),
      /vpce-1 of server s-1 is available and has 1 of 2 addresses after 1 minutes\. Run pulumi up/,
    );
    await assert.rejects(read([both], { state: "pending" }), /is pending and has 2 of 2 addresses/);
  });

  it("fails without an endpoint", async () => {
    await assert.rejects(
      read([both], { id: "" }),
      /no endpoint of server s-1 yet\. Run .* --refresh/,
    );
  });

  it("is unknown in the preview of an update that changes the number of addresses", async () => {
    for (const [interfaces, id] of [
      [["eni-5"], "vpce-1"],
      [both, ""],
    ] as const) {
      const endpoint = await read([interfaces], { id, preview: true });
      const output = pulumi.output(1).apply(() => endpoint) as unknown as {
        isKnown: Promise<boolean>;
      };
      assert.equal(await output.isKnown, false);
    }
    assert.equal((await read([both], { preview: true })).addresses.length, 2);
  });
});
