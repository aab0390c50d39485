import assert from "node:assert/strict";

import {
  fieldsOf,
  readClaimSpec,
  readGroupSpec,
  readPeeringSpec,
  readPrevious,
  readSimsSpec,
  readVpgSpec,
} from "../../soracom/read-spec";

const vpg = {
  coverage: "jp",
  owner: "canal-ftp/dev/vpg",
  name: "dev-vpg",
  region: "ap-northeast-1",
  type: 15,
  useInternetGateway: false,
  deviceCidr: "10.128.0.0/9",
};
const claim = { coverage: "jp", prefix: "canal-ftp/dev" };
const peering = {
  coverage: "jp",
  owner: "canal-ftp/dev/canal",
  vpgId: "vpg-1",
  peerOwnerId: "111122223333",
  peerRegion: "ap-northeast-1",
  peerVpcId: "vpc-0a1b",
  destinationCidrBlock: "10.0.0.0/16",
};
const group = { coverage: "g", owner: "canal-ftp/dev/sims", name: "dev-sims", vpgId: "vpg-1" };
const sims = { coverage: "jp", groupId: "group-1", simIds: ["1", "2"] };

describe("soracom/read-spec", () => {
  it("reads each specification, with what is optional", () => {
    const tags = { plant: "osaka" };
    assert.deepEqual(readVpgSpec({ ...vpg, tags }), {
      ...vpg,
      tags,
      vpgId: undefined,
    });
    assert.deepEqual(readPeeringSpec({ ...peering, gone: ["pcx-1"] }), {
      ...peering,
      gone: ["pcx-1"],
    });
    assert.deepEqual(readGroupSpec({ ...group, dnsServers: ["10.0.0.2"] }), {
      ...group,
      dnsServers: ["10.0.0.2"],
      tags: undefined,
      groupId: undefined,
    });
    assert.deepEqual(readClaimSpec({ ...claim, existing: ["vpg"] }).existing, ["vpg"]);
    assert.throws(
      () => readClaimSpec({ ...claim, existing: ["sim"] }),
      /existing must be a list of/,
    );
    assert.deepEqual(readSimsSpec(sims), sims);
  });

  it("takes null for a field that may be missing, and counts a SIM once", () => {
    assert.equal(readVpgSpec({ ...vpg, vpgId: null, tags: null }).vpgId, undefined);
    assert.deepEqual(readSimsSpec({ ...sims, simIds: ["1", "2", "1"] }).simIds, ["1", "2"]);
  });

  const readers: [string, object, (fields: Record<string, unknown>) => object][] = [
    ["claim", claim, readClaimSpec],
    ["vpg", vpg, readVpgSpec],
    ["peering", peering, readPeeringSpec],
    ["group", group, readGroupSpec],
    ["sims", sims, readSimsSpec],
  ];
  for (const [noun, spec, read] of readers) {
    it(`names every missing field of ${noun}`, () => {
      const message = Object.keys(spec)
        .map((name) => `${name} must be [^;]+, not undefined`)
        .join("; ");
      assert.throws(
        () => read({}),
        new RegExp(`^DriverError: CANAL_FTP_SPEC cannot be used: ${message}\\.$`),
      );
    });
  }

  const wrong: [string, () => object, RegExp][] = [
    [
      "a coverage",
      () => readVpgSpec({ ...vpg, coverage: "global" }),
      /used: coverage must be "jp" \(Japan\) or "g" \(Global\), not "global"\.$/,
    ],
    ["an empty text", () => readVpgSpec({ ...vpg, owner: "" }), /owner must be a text, not ""/],
    [
      "a fraction",
      () => readVpgSpec({ ...vpg, type: 1.5 }),
      /type must be a whole number, not 1\.5/,
    ],
    [
      "a word for a flag",
      () => readVpgSpec({ ...vpg, useInternetGateway: "no" }),
      /must be true or false, not "no"/,
    ],
    [
      "a list of tags",
      () => readVpgSpec({ ...vpg, tags: ["a"] }),
      /tags must be a map of texts, not \["a"\]/,
    ],
    [
      "a tag of a number",
      () => readVpgSpec({ ...vpg, tags: { a: 1 } }),
      /tags must be a map of texts, not \{"a":1\}\.$/,
    ],
    [
      "another region",
      () => readVpgSpec({ ...vpg, region: "us-west-2" }),
      /coverage "jp" has VPGs in ap-northeast-1, not in us-west-2: change the coverage or the region/,
    ],
    [
      "half an account",
      () => readPeeringSpec({ ...peering, peerOwnerId: "1" }),
      /peerOwnerId must be an AWS account of 12 digits, not "1"/,
    ],
    [
      "a VPC of another form",
      () => readPeeringSpec({ ...peering, peerVpcId: "net" }),
      /peerVpcId must be a vpc-… id, not "net"/,
    ],
    [
      "an empty SIM",
      () => readSimsSpec({ ...sims, simIds: ["1", ""] }),
      /simIds must be a list of texts, not \["1",""\]/,
    ],
    [
      "resolvers as a text",
      () => readGroupSpec({ ...group, dnsServers: "10.0.0.2" }),
      /dnsServers must be a list of texts/,
    ],
  ];
  for (const [what, read, message] of wrong) {
    it(`refuses ${what}`, () => assert.throws(read, message));
  }

  it("refuses anything but one JSON object", () => {
    for (const given of [undefined, "", "{", "[]", "null", "7"]) {
      assert.throws(() => fieldsOf(given), /CANAL_FTP_SPEC must be one JSON object/);
    }
    assert.deepEqual(fieldsOf('{"a":1}'), { a: 1 });
  });

  it("takes what was printed last time only with the id it needs", () => {
    const previous = (printed?: string) => readPrevious<{ vpgId: string }>(printed, ["vpgId"]);
    assert.deepEqual(previous('{"vpgId":"vpg-1"}'), { vpgId: "vpg-1" });
    for (const printed of [undefined, "", "null", "7", "{}", '{"vpgId":7}']) {
      assert.equal(previous(printed), undefined, printed);
    }
  });
});
