import assert from "node:assert/strict";

import { resource } from "../twin/queue/support";
import { created } from "./support";

describe("resources/route53", () => {
  it("a zone belongs to no region, and the id of a record is its zone, name and type", () => {
    const { id, outputs } = created("aws:route53/zone:Zone", "zone");
    assert.match(id, /^Z[0-9A-F]{20}$/);
    assert.deepEqual([outputs.zoneId, outputs.arn], [id, `arn:aws:route53:::hostedzone/${id}`]);
    const record = created("aws:route53/record:Record", "r", {
      ...{ zoneId: id, name: "ftp.site.internal", type: "A" },
    });
    assert.deepEqual(
      [record.id, record.outputs.fqdn],
      [`${id}_ftp.site.internal_A`, "ftp.site.internal"],
    );
  });

  it("a resolver has an address in each subnet, other than those of the FTP endpoint", () => {
    const subnets = ["10.0.0.0/18", "10.0.64.0/18"].map((cidrBlock, index) =>
      resource("aws:ec2/subnet:Subnet", `s${index}`, { cidrBlock }, `subnet-${index}`),
    );
    const requested = ["subnet-0", "subnet-1", "subnet-of-others"].map((subnetId) => ({
      subnetId,
    }));
    const type = "aws:route53/resolverEndpoint:ResolverEndpoint";
    const { outputs } = created(type, "dns", { ipAddresses: requested }, subnets);
    const given = outputs.ipAddresses as { subnetId: string; ip: string; ipId: string }[];
    assert.deepEqual(
      given.map(({ subnetId, ip }) => [subnetId, ip]),
      [
        ["subnet-0", "10.0.0.6"],
        ["subnet-1", "10.0.64.6"],
        // The block of an existing subnet is not known: a range for documentation.
        ["subnet-of-others", "203.0.113.134"],
      ],
    );
    assert.equal(new Set(given.map(({ ipId }) => ipId)).size, 3);
  });
});
