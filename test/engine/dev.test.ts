import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { defaultParameters } from "../../lambdas/identity-provider/password";
import { fromItem } from "../../lambdas/identity-provider/stores/user-record";
import { Bench } from "../lambdas/identity-provider/support/fixtures";
import { MemoryStore } from "../lambdas/identity-provider/support/memory-store";
import { goldenUser } from "../support/golden";
import { previewAndUpdate } from "./compare-previews";
import { Timeline } from "./timeline";
import { patience, secrets, skipWithoutEngine, Workplace } from "./workplace";

const sim = "8981100000000000000";
const site = "canal-ftp-dev";
const userRecord = `${site}-identity-user-${goldenUser.name}`;

/** A whole hash; the function's code, which is in the state too, has the beginning of one. */
const aHash = /\$scrypt\$ln=\d+,r=\d+,p=\d+\$[\w+/]{20,}\$/;

/** The peerings that SORACOM lists for the running VPG. */
function peeringsOf({ soracom }: Workplace): string[] {
  const running = soracom.world.snapshot().vpgs.find(({ status }) => status === "running");
  return Object.keys(running?.peerings ?? {});
}

/** The life of a stack: each test goes on where the one before it ended. */
describe("dev, with the engine", function () {
  this.timeout(patience);
  let place: Workplace;
  let steps = 0;

  before(async function () {
    skipWithoutEngine(this);
    place = await Workplace.open("dev", { config: [`simIds: ["${sim}"]`] });
    await fetch(`${place.soracom.endpoint}/__sims`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ simId: sim }]),
    });
  });

  after(async () => {
    await place?.close();
    if (steps > 0) console.log(`    ${steps} operations on resources by the engine`);
  });

  async function up(): Promise<Timeline> {
    const timeline = new Timeline();
    await place.stack.up({ onEvent: timeline.listen });
    steps += timeline.steps.length;
    return timeline;
  }

  /** The file of the resource in the account that holds this text. */
  function fileOf(text: string): string {
    const folder = path.join(place.folder, "account", "resources");
    return fs
      .readdirSync(folder)
      .map((name) => path.join(folder, name))
      .find((name) => fs.readFileSync(name, "utf8").includes(text))!;
  }

  /** Nothing is left to change: what AWS and SORACOM answer is what was asked for. */
  async function isDone(): Promise<void> {
    const { changeSummary, stdout } = await place.stack.preview();
    assert.deepEqual(Object.keys(changeSummary), ["same"], stdout);
  }

  it("previews without making anything", async () => {
    const { changeSummary } = await place.stack.preview();
    assert.deepEqual(Object.keys(changeSummary), ["create"]);
    assert.ok(changeSummary.create! >= 55, String(changeSummary.create));
    assert.deepEqual(fs.readdirSync(path.join(place.folder, "account", "resources")), []);
    assert.deepEqual(place.soracom.calls, []);
  });

  it("is created in order: peering, its acceptance, the routes, the SIMs", async () => {
    const timeline = await up();
    const peering = timeline.step("create", "-canal-peering");
    const accepter = timeline.step("create", "-canal-accepter");
    const members = timeline.step("create", "-sims-members");
    for (const route of ["-canal-route-1", "-canal-route-2"]) {
      const order = [peering, accepter, timeline.step("create", route), members];
      assert.ok(timeline.inOrder(...order), JSON.stringify(order));
    }
    const { vpgs, groups, sims } = place.soracom.world.snapshot();
    assert.deepEqual([vpgs.length, vpgs[0].status, groups.length], [1, "running", 1]);
    assert.equal(sims[0].sessionVpgId, vpgs[0].vpgId);
    const { vpgId, privateIps } = await place.stack.outputs();
    assert.equal(vpgId.value, vpgs[0].vpgId);
    assert.deepEqual(privateIps.value, ["10.0.0.5", "10.0.64.5"]);
  });

  it("keeps secrets as ciphertext: no password, no hash, no SORACOM key", () => {
    const state = place.stateText();
    assert.ok(state.includes(`${site}-identity-user-${goldenUser.name}`), "this is the state");
    for (const secret of [secrets.password, secrets.authKey, secrets.authKeyId]) {
      assert.ok(!state.includes(secret), secret);
    }
    assert.doesNotMatch(state, aHash);
  });

  it("has nothing to change when nothing was changed", isDone);

  // Each of the changes lists all that it does: what an earlier one had left undone would be among it.

  it("a user more: one record more", async () => {
    await place.addUser(1, "plc02", "k3Jd82hsQp0xYtz");
    const changes = (await up()).changes();
    assert.deepEqual(changes, [`create TableItem ${site}-identity-user-plc02`]);
    assert.doesNotMatch(place.stateText(), aHash);
  });

  it("another log retention: every log group, in place", async () => {
    await place.set("logRetentionDays", "30");
    assert.deepEqual((await up()).changes(), [
      `update LogGroup ${site}-ftp-logs`,
      `update LogGroup ${site}-identity-login-logs`,
      `update LogGroup ${site}-uploads-worker-logs`,
    ]);
  });

  it("--target changes what it names and what that needs, and leaves the rest for the next up", async () => {
    await place.set("oldVersionDays", "8");
    await place.set("logRetentionDays", "60");
    const logs = place.urn("LogGroup", "-ftp-logs");
    const timeline = new Timeline();
    await place.stack.up({ onEvent: timeline.listen, target: [logs] });
    steps += timeline.steps.length;
    assert.deepEqual(timeline.changes(), [`update LogGroup ${site}-ftp-logs`]);

    assert.deepEqual((await up()).changes(), [
      `update BucketLifecycleConfiguration ${site}-files-lifecycle`,
      `update LogGroup ${site}-identity-login-logs`,
      `update LogGroup ${site}-uploads-worker-logs`,
    ]);
  });

  it("another allowed range: rules and function, in place", async () => {
    await place.set("allowedCidr", "100.64.0.0/12");
    assert.deepEqual((await up()).changes(), [
      `update Function ${site}-identity-login-function`,
      `update SecurityGroupIngressRule ${site}-network-control`,
      `update SecurityGroupIngressRule ${site}-network-passive`,
    ]);
  });

  it("a Local Zone and a new zone in the account: nothing", async () => {
    place.listZones("-tpe-1a", "b");
    await isDone();
  });

  it("a third zone: a subnet, its table and its route; the others and the server stay", async () => {
    const before = (await place.stack.outputs()).privateIps.value as string[];
    await place.set("availabilityZones", "3");
    const timeline = await up();
    assert.deepEqual(timeline.changes(), [
      `create Route ${site}-canal-route-3`,
      `create RouteTable ${site}-network-vpc-ftp-3`,
      `create RouteTableAssociation ${site}-network-vpc-ftp-3`,
      `create Subnet ${site}-network-vpc-ftp-3`,
      `update Server ${site}-ftp-server`,
    ]);
    const now = (await place.stack.outputs()).privateIps.value as string[];
    assert.deepEqual(now.slice(0, 2), before);
    assert.equal(now.length, 3);
  });

  it("another device range: SIMs, group, peering and VPG are removed, and created again with the new VPG", async () => {
    await place.set("deviceCidr", "10.200.0.0/16");
    const [old] = place.soracom.world.snapshot().vpgs;
    const timeline = await up();
    const gone = ["-sims-members", "-sims-group", "-canal-peering", "-vpg-gateway"];
    const order = [
      ...gone.map((suffix) => timeline.step("delete-replaced", suffix)),
      ...gone.reverse().map((suffix) => timeline.step("create-replacement", suffix)),
    ];
    const made = order.slice(4);
    assert.ok(timeline.inOrder(order[2], order[3], made[0], made[1]), JSON.stringify(order));
    assert.ok(timeline.inOrder(order[1], order[3]), "the group leaves the VPG before it goes");
    const { vpgs, groups } = place.soracom.world.snapshot();
    const running = vpgs.filter(({ status }) => status === "running");
    assert.deepEqual([running.length, groups.length], [1, 1]);
    assert.notEqual(running[0].vpgId, old.vpgId);
    assert.equal(running[0].deviceSubnetCidrRange, "10.200.0.0/16");
    const untouched = timeline.changes().filter((change) => /Server|Bucket|Table /.test(change));
    assert.deepEqual(untouched, []);
  });

  it("accepts a peering that was recorded and not accepted", async () => {
    const file = fileOf('"acceptStatus"');
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(
      file,
      text.replace(/"acceptStatus": "active"/, '"acceptStatus": "pending-acceptance"'),
    );
    const accepter = `update VpcPeeringConnectionAccepter ${site}-canal-accepter`;
    assert.deepEqual((await up()).changes(), [accepter]);
    assert.match(fs.readFileSync(file, "utf8"), /"acceptStatus": "active"/);
    // What made it an update goes.
    assert.deepEqual((await up()).changes(), [accepter]);
  });

  it("replaces a peering that has ended at AWS as the preview announces, and then has nothing to change", async () => {
    const file = fileOf('"acceptStatus"');
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replace(/"acceptStatus": "active"/, '"acceptStatus": "deleted"'));
    const [old] = peeringsOf(place);
    const { preview, differences } = await previewAndUpdate(place);
    assert.deepEqual(differences, []);
    assert.ok(preview.includes(`update Command ${site}-canal-peering`), preview.join("\n"));
    const [made, ...others] = peeringsOf(place);
    assert.deepEqual(others, []);
    assert.notEqual(made, old);
    await isDone();
  });

  it("refresh detects manual changes, and up corrects them", async () => {
    const file = fileOf(`"${site}-ftp-logs"`);
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replaceAll('"retentionInDays": 60', '"retentionInDays": 1'));

    const refreshed = await place.stack.refresh();
    assert.equal(refreshed.summary.resourceChanges?.update, 1, refreshed.stdout);
    assert.deepEqual((await up()).changes(), [`update LogGroup ${site}-ftp-logs`]);
    assert.match(fs.readFileSync(file, "utf8"), /"retentionInDays": 60/);
  });

  it("hashes configured users at scryptLn, so that a login replaces no hash and a refresh sees none", async () => {
    await place.set("scryptLn", "15");
    assert.ok((await up()).changes().includes(`update TableItem ${userRecord}`));
    const store = new MemoryStore();
    const { inputs } = JSON.parse(fs.readFileSync(fileOf(`"${userRecord}"`), "utf8")) as {
      inputs: { item: string };
    };
    const user = fromItem(JSON.parse(inputs.item));
    assert.match(user.passwordHashes[0], /^\$scrypt\$ln=15,/);
    const parameters = { ...defaultParameters, N: 2 ** 15 };
    const login = new Bench(store.add(user), { parameters });
    assert.equal(await login.try({ user: user.name, password: goldenUser.password }), "granted");
    assert.ok(!store.calls.includes("replaceHash"));

    const refreshed = await place.stack.refresh();
    assert.deepEqual(Object.keys(refreshed.summary.resourceChanges ?? {}), ["same"]);
    await isDone();
  });

  it("has nothing to change after all the changes", isDone);

  it("is destroyed completely: SIMs, group, peering, VPG, and everything in AWS", async () => {
    const timeline = new Timeline();
    await place.stack.destroy({ onEvent: timeline.listen });
    steps += timeline.steps.length;
    const order = ["-sims-members", "-sims-group", "-canal-peering", "-vpg-gateway"];
    assert.ok(timeline.inOrder(...order.map((suffix) => timeline.step("delete", suffix))));
    assert.deepEqual(fs.readdirSync(path.join(place.folder, "account", "resources")), []);
    const { vpgs, groups, sims } = place.soracom.world.snapshot();
    assert.deepEqual([...new Set(vpgs.map(({ status }) => status))], ["terminated"]);
    assert.deepEqual([groups.length, sims[0].groupId], [0, null]);
    assert.deepEqual((await place.stack.exportStack()).deployment.resources ?? [], []);
  });
});
