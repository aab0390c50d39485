import assert from "node:assert/strict";
import type { Resource } from "../../lib/stack/resource";
import { Fault } from "../../fakes/soracom/faults";
import { evaluateStack } from "../support/golden";
import { Engine, Shell } from "./engine";
import { testKeys, Lab } from "./lab";

const simId = "8981100000000000001";

/** The stack's own Commands, as the program asks for them. */
async function program(changes: Record<string, string> = {}): Promise<readonly Resource[]> {
  const config = { "canal-ftp:simIds": JSON.stringify([simId]), ...changes };
  return (await evaluateStack("dev", config)).resources;
}

/** The same, with the peering found to be gone on the AWS side. */
function withLost(resources: readonly Resource[], ids: readonly string[]): readonly Resource[] {
  return resources.map((resource) => {
    if (!resource.name.endsWith("-peering")) return resource;
    const { CANAL_FTP_SPEC } = resource.inputs.environment as { CANAL_FTP_SPEC: string };
    const spec = { ...(JSON.parse(CANAL_FTP_SPEC) as object), gone: ids };
    const environment = { CANAL_FTP_SPEC: JSON.stringify(spec) };
    return { ...resource, inputs: { ...resource.inputs, environment } };
  });
}

describe("the stack's Commands, run as local.Command does", function () {
  this.timeout(120_000);
  let lab: Lab;
  let engine: Engine;
  let log: string;

  before(async () => {
    lab = await Lab.open();
  });
  after(() => lab.close());
  beforeEach(() => {
    lab.reset({ peeringValues: "opaque" });
    lab.api.world.addSim(simId);
    log = "";
    const shell: Shell = async (line, env) => {
      const words = line.at(-1)!;
      const { CANAL_FTP_SPEC, PULUMI_COMMAND_STDOUT: previous } = env;
      const run = await lab.run(words, JSON.parse(CANAL_FTP_SPEC) as object, { previous });
      log += run.stderr;
      if (run.error) throw run.error;
      return { stdout: `${JSON.stringify(run.result)}\n`, stderr: run.stderr };
    };
    engine = new Engine(shell);
  });

  /** Numbers of what lives: VPGs, peerings, groups, SIMs in a group, SIMs in a VPG. */
  function alive(): number[] {
    const { vpgs, groups, sims } = lab.api.world.snapshot();
    const live = vpgs.filter(({ status }) => status !== "terminated");
    return [
      live.length,
      live.flatMap(({ peerings }) => Object.keys(peerings ?? {})).length,
      groups.length,
      sims.filter(({ groupId }) => groupId).length,
      sims.filter(({ sessionVpgId }) => live.some(({ vpgId }) => vpgId === sessionVpgId)).length,
    ];
  }
  const whole = [1, 1, 1, 1, 1];
  const none = [0, 0, 0, 0, 0];
  const all = ["claim", "gateway", "tags", "peering", "group", "settings", "members"];
  const made = all.map((name) => `create ${name}`);
  const unmade = all.map((name) => `delete ${name}`).reverse();

  it("create; the same again runs nothing; delete with the previous output", async () => {
    const resources = await program();
    assert.deepEqual(await engine.up(resources), made);
    assert.deepEqual(alive(), whole);
    lab.api.calls.length = 0;
    assert.deepEqual(await engine.up(resources), []);
    assert.equal(lab.api.calls.length, 0);
    assert.deepEqual(await engine.destroy(), unmade);
    assert.deepEqual(alive(), none);
  });

  it("a create that fails after it made something leaves no state, and the next one finds it", async () => {
    const resources = await program();
    const faults = ["getVirtualPrivateGateway", "listVirtualPrivateGateways"].map(
      (operationId): Fault => ({ kind: "500", operationId }),
    );
    lab.api.watch((call, moment) => {
      const isMade = call.operationId === "createVirtualPrivateGateway" && moment === "after";
      if (isMade) lab.api.setFaults(faults);
    });
    await assert.rejects(engine.up(resources), /STANDIN_FAULT/);
    assert.deepEqual(
      engine.state.map(({ name }) => name),
      ["canal-ftp-dev-soracom-claim"],
    );
    assert.deepEqual(alive(), [1, 0, 0, 0, 0]);
    lab.api.watch(undefined);
    lab.api.setFaults([]);
    assert.deepEqual(await engine.up(resources), made.slice(1));
    assert.deepEqual(alive(), whole);
  });

  it("update in place: resolvers and SIMs change, VPG, peering and group stay", async () => {
    await engine.up(await program());
    const ids = () => lab.api.world.snapshot().groups.map(({ groupId }) => groupId);
    const before = ids();
    lab.api.world.addSim("8981100000000000002");
    const simIds = '["8981100000000000002"]';
    const changed = await program({
      "canal-ftp:simIds": simIds,
      "canal-ftp:dnsServers": '["10.0.0.2"]',
    });
    assert.deepEqual(await engine.up(changed), ["update settings", "update members"]);
    assert.deepEqual([alive(), ids()], [whole, before]);
    const [{ configuration }] = lab.api.world.snapshot().groups;
    assert.deepEqual(configuration.SoracomAir?.dnsServers, ["10.0.0.2"]);
    assert.equal(lab.api.world.sims.get(simId)?.groupId, null);
  });

  it("an update that fails keeps the old state and is made good by the next", async () => {
    await engine.up(await program());
    const before = engine.state;
    const changed = await program({ "canal-ftp:dnsServers": '["10.0.0.2"]' });
    lab.api.setFaults([{ kind: "500", operationId: "putConfigurationParameters" }]);
    await assert.rejects(engine.up(changed), /STANDIN_FAULT/);
    assert.deepEqual(engine.state, before);
    lab.api.setFaults([]);
    assert.deepEqual(await engine.up(changed), ["update settings"]);
  });

  it("replace: everything old is removed before anything new is created", async () => {
    await engine.up(await program());
    const [old] = lab.api.world.vpgs.keys();
    let most = 0;
    lab.api.watch(() => void (most = Math.max(most, alive()[0])));
    const changed = await program({ "canal-ftp:deviceCidr": "10.192.0.0/10" });
    assert.deepEqual(await engine.up(changed), [...unmade.slice(0, -1), ...made.slice(1)]);
    assert.equal(lab.api.world.vpgs.get(old)?.status, "terminated");
    assert.deepEqual([alive(), most], [whole, 1]);
  });

  it("a peering that AWS lost is made again in place, and the next run ends the matter", async () => {
    const resources = await program();
    await engine.up(resources);
    const peering = () => Object.keys(lab.api.world.snapshot().vpgs[0].peerings ?? {});
    const [lost] = peering();
    assert.deepEqual(await engine.up(withLost(resources, [lost])), ["update peering"]);
    const [second] = peering();
    assert.notEqual(second, lost);
    assert.deepEqual(alive(), whole);
    assert.deepEqual(await engine.up(resources), ["update peering"]);
    assert.deepEqual(peering(), [second]);
    assert.deepEqual(await engine.up(resources), []);
  });

  it("delete when everything is already removed", async () => {
    await engine.up(await program());
    lab.api.world.restore({ vpgs: [], groups: [], sims: [] });
    assert.deepEqual(await engine.destroy(), unmade);
  });

  it("a delete that fails is kept in the state and runs again", async () => {
    await engine.up(await program());
    lab.api.setFaults([{ kind: "500", operationId: "deleteVpcPeeringConnection" }]);
    await assert.rejects(engine.destroy(), /STANDIN_FAULT/);
    assert.deepEqual(alive(), [1, 1, 0, 0, 0]);
    lab.api.setFaults([]);
    assert.deepEqual(await engine.destroy(), unmade.slice(3));
    assert.deepEqual(alive(), none);
  });

  it("40 SIMs at 60 calls a minute and path: all attached, and none left", async () => {
    const simIds = Array.from({ length: 40 }, (_, index) => `89811000000000001${10 + index}`);
    for (const id of simIds) lab.api.world.addSim(id);
    lab.api.setRateLimit({ perMinute: 60, now: () => lab.clock.now() });
    await engine.up(await program({ "canal-ftp:simIds": JSON.stringify(simIds) }));
    assert.deepEqual(alive(), [1, 1, 1, 40, 40]);
    await engine.destroy();
    assert.deepEqual(alive(), none);
    lab.api.setRateLimit(undefined);
  });

  it("neither state nor log hold a key", async () => {
    await engine.up(await program());
    await engine.up(await program({ "canal-ftp:dnsServers": '["10.0.0.2"]' }));
    const kept = JSON.stringify(engine.state);
    assert.match(kept, /CANAL_FTP_SPEC.*\\"vpgId\\"/);
    assert.match(log, /creating VPG/);
    for (const key of Object.values(testKeys)) assert.ok(!kept.includes(key) && !log.includes(key));
    for (const name of Object.keys(testKeys))
      assert.ok(!kept.includes(name), `${name} in the state`);
  });
});
