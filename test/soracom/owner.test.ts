import assert from "node:assert/strict";
import { ownerForm } from "../../lib/soracom-owner";
import { isOwnedBy, newOwner, ownerOf } from "../../soracom/owner";

describe("soracom/owner", () => {
  it("makes ids of the form that the configuration takes, no two alike", () => {
    const ids = Array.from({ length: 200 }, () => newOwner("canal-ftp/dev"));
    assert.ok(ids.every((id) => ownerForm.test(id)));
    assert.equal(new Set(ids).size, ids.length);
  });

  it("recognizes an owner's resources, and not those of an owner whose id has the same beginning", () => {
    const owner = "canal-ftp/dev/k3j9x2ab4m";
    assert.ok(isOwnedBy(owner, owner) && isOwnedBy(owner, `${owner}/canal-ftp-dev-vpg`));
    assert.ok(isOwnedBy("canal-ftp/dev", `${owner}/canal-ftp-dev-vpg`));
    assert.ok(!isOwnedBy("canal-ftp/de", owner) && !isOwnedBy(owner, undefined));
    assert.equal(ownerOf(`${owner}/canal-ftp-dev-vpg`), owner);
  });
});
