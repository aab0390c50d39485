import assert from "node:assert/strict";

import type { VpgResult } from "../../../soracom/spec";
import { Lab, specs } from "../../soracom/lab";
import { run } from "../core/support";

describe("canal-ftp status --owner", () => {
  let lab: Lab;
  const owner = "canal-ftp/dev/k3j9x2ab4m";

  before(async () => {
    lab = await Lab.open();
  });
  beforeEach(() => lab.reset());
  after(() => lab.close());

  it("lists what carries the id, and both remedies once for the owner", async () => {
    const vpg = { ...specs.vpg, owner: `${owner}/vpg` };
    const { vpgId } = await lab.good<VpgResult>("vpg ensure", vpg);
    await lab.good("group ensure", { ...specs.group(vpgId), owner: `${owner}/group` });
    const { code, stdout } = await run(["status", "--owner", owner], lab);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`${owner} +VPG +${vpgId} +running`));
    assert.match(stdout, new RegExp(`${owner} +group +`));
    assert.equal(stdout.match(/pulumi config set soracomOwner/g)?.length, 1);
    assert.ok(stdout.includes(`npx canal-ftp sweep --owner ${owner} --coverage jp\n`));
  });

  it("states that there is nothing, to programs as an empty list", async () => {
    const lines = await run(["status", "--owner", owner], lab);
    assert.deepEqual([lines.code, lines.stdout], [0, `Nothing at SORACOM carries ${owner}.\n`]);
    const json = await run(["status", "--owner", owner, "--coverage", "g", "--json"], lab);
    assert.deepEqual(json.document(), { owner, coverage: "g", items: [] });
  });

  it("explains a call that failed as the driver does", async () => {
    const runCli = () =>
      Promise.resolve({ exitCode: 1, stdout: "", stderr: 'Error: {"code":"X1","message":"no"}' });
    const { code, stderr } = await run(["status", "--owner", owner], lab, { runCli });
    assert.equal(code, 1);
    assert.match(stderr, /X1 no\. If the key is refused, check that SORACOM_AUTH_KEY_ID/);
  });
});
