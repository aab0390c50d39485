import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { parse } from "yaml";

import type { Job } from "../../soracom/job";
import { connect } from "../../soracom/connect";
import { simOperations } from "../../soracom/sim-api";
import { root } from "../support/golden";
import { Lab, testKeys } from "./lab";

describe("simOperations", () => {
  it("have the methods, paths and names of SORACOM's specification", () => {
    const text = readFileSync(path.join(root, "fakes/soracom/openapi.yaml"), "utf8");
    const { paths } = parse(text) as {
      paths: Record<string, Record<string, { operationId?: string }>>;
    };
    const specified = new Map(
      Object.entries(paths).flatMap(([at, item]) =>
        Object.entries(item).map(([method, { operationId }]) => [
          operationId,
          `${method.toUpperCase()} ${at}`,
        ]),
      ),
    );
    for (const [name, operation] of Object.entries(simOperations)) {
      assert.equal(specified.get(name), operation);
    }
  });
});

describe("SimApi", () => {
  let lab: Lab;
  let sims: Job["sims"];

  before(async () => {
    lab = await Lab.open();
  });
  beforeEach(() => {
    lab.reset({ pageSize: 2 });
    lab.api.world.groups.set("g", { groupId: "g", tags: {}, configuration: {}, createdTime: 0 });
    ({ sims } = connect("jp", {
      env: { ...testKeys, SORACOM_ENDPOINT: lab.api.endpoint },
      stop: new AbortController().signal,
      log: () => undefined,
      clock: lab.clock,
    }).job);
  });
  after(() => lab.close());

  const operations = () =>
    lab.api.calls.map(({ operationId }) => operationId).filter((name) => name !== "auth");

  it("reads all pages of a group's SIMs", async () => {
    for (const simId of ["1", "2", "3", "4", "5"]) lab.api.world.addSim(simId, { groupId: "g" });
    const found = await sims.simsInGroup("g");
    assert.deepEqual(
      found.map(({ simId }) => simId),
      ["1", "2", "3", "4", "5"],
    );
    assert.equal(operations().length, 3);
  });

  it("finds nothing with one request where there is nothing", async () => {
    assert.deepEqual(await sims.simsInGroup("nix"), []);
    assert.equal(await sims.findGroup("nix"), undefined);
    assert.equal(await sims.findSim("nix"), undefined);
    assert.deepEqual(operations(), ["listSubscribersInGroup", "getGroup", "getSim"]);
  });

  it("moves a SIM, and tags it", async () => {
    lab.api.world.addSim("1");
    await sims.setSimGroup("1", "g");
    await sims.putSimTags("1", { a: "b" });
    const { groupId, tags } = (await sims.findSim("1"))!;
    assert.deepEqual([groupId, tags], ["g", { a: "b" }]);
    await sims.unsetSimGroup("1");
    await sims.deleteSimTag("1", "a");
    await sims.deleteSimTag("1", "a");
    const after = lab.api.world.sims.get("1")!;
    assert.deepEqual([after.groupId, after.tags], [null, {}]);
  });

  for (const [what, state, expected] of [
    ["a SIM", {}, ["deleteSimSession"]],
    ["an offline SIM", { online: false }, ["deleteSimSession"]],
    ["a virtual SIM", { virtual: true }, ["createArcSession"]],
    ["a virtual SIM without a session", { virtual: true, online: false }, []],
  ] as const) {
    it(`resets the session of ${what}`, async () => {
      lab.api.world.addSim("1", state);
      const sim = (await sims.findSim("1"))!;
      lab.api.calls.length = 0;
      await sims.resetSession(sim);
      assert.deepEqual(operations(), expected);
    });
  }

  it("resets both sessions of a SIM to which a virtual one was added", async () => {
    lab.api.world.addSim("1", { virtual: true });
    const sim = { simId: "1", type: "euicc", arcSessionStatus: {} };
    await sims.resetSession(sim);
    assert.deepEqual(operations(), ["createArcSession", "deleteSimSession"]);
  });

  it("does not take another reply for the SIM", async () => {
    lab.api.watch(undefined);
    const fetch = () => Promise.resolve(Response.json({ apiKey: "a", token: "b", simId: "2" }));
    const env = { ...testKeys, SORACOM_ENDPOINT: lab.api.endpoint };
    const outside = { env, stop: new AbortController().signal, log: () => undefined, fetch };
    await assert.rejects(connect("jp", outside).job.sims.findSim("1"), /no simId 1\. /);
  });
});
