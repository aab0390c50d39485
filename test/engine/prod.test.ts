import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { Timeline } from "./timeline";
import { patience, policiesIn, policyPacks, skipWithoutEngine, Workplace } from "./workplace";

const site = "canal-ftp-prod";

/** The life of a stack that refuses to be lost, until its environment is no longer prod. */
describe("prod, with the engine", function () {
  this.timeout(patience);
  let place: Workplace;

  before(async function () {
    skipWithoutEngine(this);
    // With all that a site may have: what comes up has to go down again, in an order that AWS takes.
    const config = [
      "deviceName: ftp.plant.internal",
      "budgetUsd: 300",
      'alarmEmails: ["operations@example.com"]',
    ];
    place = await Workplace.open("prod", { config });
  });

  after(() => place?.close());

  it("is previewed and created in accordance with every policy, and then has nothing to change", async () => {
    const previewed = await place.stack.preview({ policyPacks });
    assert.deepEqual(Object.keys(previewed.changeSummary), ["create"]);
    // What a preview cannot know yet is reported as an advice.
    assert.match(policiesIn(previewed.stdout), /^.* canal-ftp@v/);
    assert.doesNotMatch(policiesIn(previewed.stdout), /mandatory/);

    const made = await place.stack.up({ policyPacks });
    assert.match(policiesIn(made.stdout), /^.* canal-ftp@v/);
    assert.doesNotMatch(policiesIn(made.stdout), /mandatory|advisory/);
    const again = await place.stack.preview();
    assert.deepEqual(Object.keys(again.changeSummary), ["same"], again.stdout);
  });

  it("has nothing to change when a Local Zone and a new zone appear in the account", async () => {
    place.listZones("-tpe-1a", "b");
    const { changeSummary, stdout } = await place.stack.preview();
    assert.deepEqual(Object.keys(changeSummary), ["same"], stdout);
  });

  it("keeps the canary's password as ciphertext, wherever it is", async () => {
    // The Automation API exports the state with its secrets decrypted; the file has them encrypted.
    const { deployment } = await place.stack.exportStack();
    const exported = JSON.stringify(deployment);
    const stdout = (deployment.resources as { urn: string; outputs: { stdout: unknown } }[]).find(
      ({ urn }) => urn.endsWith(`::${site}-canary-password`),
    )!.outputs.stdout as { plaintext: string };
    const { password } = JSON.parse(JSON.parse(stdout.plaintext) as string) as {
      password: string;
    };
    assert.match(password, /^[\w-]{32}$/);
    assert.ok(exported.split(password).length > 3, "the function has it as well");
    const state = place.stateText();
    assert.ok(state.includes(`${site}-canary-password`), "this is the state");
    assert.ok(!state.includes(password));
    // With its parameters: the function's code names the kind of hash, too.
    assert.ok(!/\$scrypt\$ln=\d+,/.test(state), "a hash in plain");
  });

  it("refuses to be destroyed, and everything stays", async () => {
    const before = account();
    // As a user types it, with the preview that comes first: the Automation API leaves that out, and the
    // engine then deletes what is not protected.
    await assert.rejects(place.pulumi("destroy", "--yes"), /protected/);
    assert.deepEqual(account(), before);
    assert.equal(running().length, 1);
  });

  // A new VPC would replace the server too: the other changes are tried apart from it.
  const replacing: [key: string, value: string, before: string, replaces: string][][] = [
    [["vpcCidr", "10.1.0.0/16", "10.0.0.0/16", "network-vpc"]],
    [["deviceCidr", "10.200.0.0/16", "10.128.0.0/9", "vpg-gateway"]],
    [
      ["identityProvider", "lambda", "apiGateway", "ftp-server"],
      ["bucketName", "another-name-for-files", "", "files-bucket"],
    ],
  ];
  for (const changes of replacing) {
    const keys = changes.map(([key]) => key).join(", ");
    const names = changes.map(([, , , name]) => name);
    it(`refuses a change of ${keys}, which would replace ${names.join(", ")}`, async () => {
      for (const [key, value] of changes) await place.set(key, value);
      const printed = await place.stack.preview().then(
        ({ stdout }) => stdout,
        (error: Error) => error.message,
      );
      for (const [key, , before] of changes) await place.set(key, before);
      const refused = [...printed.matchAll(/unable to replace resource "[^"]*::([^":]+)"/g)];
      const found = new Set(refused.map((match) => match[1]));
      const missed = names.filter((name) => !found.has(`${site}-${name}`));
      assert.deepEqual(missed, [], [...found].join(", "));
    });
  }

  it("with environment dev: protection is removed in place, and the stack is destroyed with its files", async () => {
    const bucket = String((await place.stack.outputs()).bucket.value);
    const files = path.join(place.folder, "account", "buckets", bucket);
    fs.mkdirSync(files, { recursive: true });
    fs.writeFileSync(path.join(files, "photo.jpg"), "a photo");

    await place.set("base", "dev");
    const timeline = new Timeline();
    await place.stack.up({ onEvent: timeline.listen });
    const replaced = timeline.changes().filter((change) => /replace|delete/.test(change));
    assert.deepEqual(replaced, []);
    assert.ok(timeline.changes().includes(`update Table ${site}-identity-users`));

    await place.stack.destroy();
    assert.deepEqual(account(), []);
    assert.equal(running().length, 0);
    assert.ok(!fs.existsSync(files));
  });

  const account = () => fs.readdirSync(path.join(place.folder, "account", "resources")).sort();

  const running = () =>
    place.soracom.world.snapshot().vpgs.filter(({ status }) => status === "running");
});
