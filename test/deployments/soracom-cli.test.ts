import assert from "node:assert/strict";
import * as path from "node:path";

import { installSoracom, soracomCli } from "../../deployments/soracom-cli";

describe("deployments/soracom-cli", () => {
  it("downloads the release, checks its sum and only then makes it executable, in one command", () => {
    const steps = installSoracom("1.7.0", "ab".repeat(32)).split("; ");
    assert.equal(steps[0], "set -eu");
    assert.equal(steps[1], `mkdir -p ${path.posix.dirname(soracomCli)}`);
    assert.match(
      steps[2],
      /^curl --fail .*https:\/\/github\.com\/soracom\/soracom-cli\/releases\/download\/v1\.7\.0\/soracom_1\.7\.0_linux_amd64$/,
    );
    assert.match(steps[3], new RegExp(`^echo "(ab){32} {2}${soracomCli}" > `));
    assert.match(steps[4], /^sha256sum --check --strict /);
    assert.equal(steps[5], `chmod 755 ${soracomCli}`);
  });
});
