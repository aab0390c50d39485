import assert from "node:assert/strict";

import { Lab } from "../../soracom/lab";
import { deploy } from "../core/deployed";
import { run } from "../core/support";

describe("a stack whose state was lost", function () {
  this.timeout(120_000);
  let lab: Lab;
  let owner: string;
  before(async () => (lab = await Lab.open()));
  after(() => lab.close());
  beforeEach(async () => {
    const { cloud } = await deploy(lab);
    owner = cloud.outputs!.soracomOwner as string;
  });

  const live = () =>
    lab.api.world.snapshot().vpgs.filter(({ status }) => status !== "terminated").length;

  it("is listed by the beginning of its owner id, with the two ways out", async () => {
    const { code, stdout } = await run(["status", "--owner", "canal-ftp/dev"], lab);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^${owner} +VPG +\\S+ +running$`, "m"));
    assert.match(stdout, new RegExp(`^${owner} +peering +pcx-`, "m"));
    assert.match(stdout, new RegExp(`^${owner} +group +`, "m"));
    assert.ok(stdout.includes(`pulumi config set soracomOwner ${owner}`), stdout);
    assert.ok(stdout.includes(`canal-ftp sweep --owner ${owner} --coverage jp`), stdout);
    const { stdout: json } = await run(["status", "--owner", owner, "--json"], lab);
    const { items } = JSON.parse(json) as { items: { kind: string }[] };
    assert.deepEqual(items.map(({ kind }) => kind).sort(), ["VPG", "group", "peering"]);
  });

  it("lists nothing of another stack", async () => {
    const { stdout } = await run(["status", "--owner", "canal-ftp/dev2"], lab);
    assert.equal(stdout, "Nothing at SORACOM carries canal-ftp/dev2.\n");
  });

  it("is swept after its owner id was typed", async () => {
    const asked: string[] = [];
    const answering = (answer: string) => ({
      ask: (question: string) => {
        asked.push(question);
        return Promise.resolve(answer);
      },
    });
    const refused = await run(["sweep", "--owner", owner], lab, answering("yes"));
    assert.deepEqual([refused.code, live()], [1, 1]);
    assert.match(refused.stderr, /Nothing was removed/);
    const { code, stdout } = await run(["sweep", "--owner", owner], lab, answering(`${owner}\n`));
    assert.equal(code, 0);
    assert.match(stdout, /^Removed: 1 groups, 0 peerings of other VPGs, 1 VPGs/);
    assert.deepEqual([asked.length, live(), lab.api.world.groups.size], [2, 0, 0]);
  });

  it("is swept by a script with --yes, and again without a fault", async () => {
    for (const vpgs of [1, 0]) {
      const { code, stdout } = await run(["sweep", "--owner", owner, "--yes"], lab);
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`, ${vpgs} VPGs`));
    }
  });

  it("is not swept by the beginning of an owner id, which could be a colleague's as well", async () => {
    const { code, stderr } = await run(["sweep", "--owner", "canal-ftp/dev", "--yes"], lab);
    assert.deepEqual([code, live()], [2, 1]);
    assert.match(stderr, /allowed: a whole owner id/);
  });
});
