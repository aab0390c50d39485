import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";

import { Client } from "basic-ftp";

import { goldenUser } from "../support/golden";
import { isInstalled, runClient } from "../support/run-client";
import { runToExit, startTwinProcess, type TwinProcess } from "../support/twin-process";
import { until } from "../support/until";
import { skipWithoutEngine, Workplace } from "./workplace";

/** `npm start -- --state FILE`, with what the engine itself exports of a stack that it has brought up. */
describe("the twin of a deployed stack, with the engine", function () {
  this.timeout(120_000);
  let place: Workplace;
  let twin: TwinProcess | undefined;

  before(async function () {
    skipWithoutEngine(this);
    place = await Workplace.open("dev");
    await place.stack.up();
  });
  afterEach(async () => {
    await twin?.stop();
    twin = undefined;
  });
  after(() => place?.close());

  const file = (name: string) => path.join(place.folder, name);

  async function store(user: { name: string; password: string }, name: string): Promise<void> {
    const client = new Client(10_000);
    try {
      const { host, port } = twin!.ready.ftp;
      await client.access({ host, port, user: user.name, password: user.password });
      await client.uploadFrom(Readable.from([Buffer.from("from a device")]), name);
    } finally {
      client.close();
    }
  }
  const stored = (user: string, name: string) =>
    fs.readFileSync(path.join(twin!.ready.files, "users", user, name), "utf8");
  const rows = () => {
    const log = twin!.ready.uploadLog!;
    const all = fs.existsSync(log) ? (fs.readdirSync(log, { recursive: true }) as string[]) : [];
    return all.filter((name) => name.endsWith(".json"));
  };

  it("serves it with a user of its own, since an export keeps the users' hashes secret", async () => {
    await place.pulumi("stack", "export", "--file", file("state.json"));
    assert.match(fs.readFileSync(file("state.json"), "utf8"), /"ciphertext"/);
    twin = await startTwinProcess(["--state", file("state.json")]);
    const outputs = await place.stack.outputs();
    assert.equal(twin.ready.bucket, outputs.bucket.value);
    const [user, ...more] = twin.ready.users;
    assert.deepEqual([user.name, more.length], ["myuser", 0]);
    assert.match(
      twin.stderr(),
      /Encrypted in the exported state and left out: .*TableItem canal-ftp-dev-identity-user-camera01/,
    );
    assert.match(twin.stderr(), /Users of the twin only, not of the deployed stack: myuser\./);

    await store(user, "a.txt");
    assert.equal(stored("myuser", "a.txt"), "from a device");
    await until("the row is there", () => rows().length === 1, { why: () => twin!.stderr() });
    await assert.rejects(store(goldenUser, "a.txt"), /530/);
  });

  it("serves it with the deployed users and passwords when it may read the secrets", async function () {
    if (!isInstalled("curl")) {
      console.log("    skipped: curl is not installed");
      return this.skip();
    }
    const shown = ["stack", "export", "--show-secrets", "--file", file("plain.json")];
    await place.pulumi(...shown);
    twin = await startTwinProcess(["--state", file("plain.json")]);
    assert.deepEqual(twin.ready.users, [], "their passwords are not known, only their hashes");
    assert.match(twin.stderr(), /Users with the password of the deployed stack: camera01\./);
    assert.doesNotMatch(twin.stderr(), /left out/);

    fs.writeFileSync(file("photo.jpg"), "a photo");
    const { host, port } = twin.ready.ftp;
    const { name, password } = goldenUser;
    const login = ["--user", `${name}:${password}`];
    const { code, output } = await runClient("curl", [
      ...["-sS", "-T", file("photo.jpg"), `ftp://${host}:${port}/`],
      ...login,
    ]);
    assert.deepEqual([code, output], [0, ""]);
    assert.equal(stored(name, "photo.jpg"), "a photo");
    const wrong = ["--user", `${name}:wrong`];
    const refused = await runClient("curl", ["-sS", `ftp://${host}:${port}/`, ...wrong]);
    assert.match(refused.output, /530|denied/);
  });

  it("takes a user of the command line over the deployed one of that name", async () => {
    const plain = await place.pulumi("stack", "export", "--show-secrets");
    fs.writeFileSync(file("plain.json"), plain);
    const mine = { name: goldenUser.name, password: "k3Jd82hsQp0xAAA" };
    twin = await startTwinProcess([
      ...["--state", file("plain.json")],
      ...["--user", `${mine.name}:${mine.password}`],
    ]);
    await store(mine, "mine.txt");
    await assert.rejects(store(goldenUser, "theirs.txt"), /530/);
  });

  it("shows a manual change in AWS after a refresh: a deleted rule", async () => {
    const exported = JSON.parse(await place.pulumi("stack", "export")) as {
      deployment: { resources: { urn: string }[] };
    };
    const { resources } = exported.deployment;
    exported.deployment.resources = resources.filter(
      ({ urn }) => !/SecurityGroupIngressRule::.*-control$/.test(urn),
    );
    fs.writeFileSync(file("drifted.json"), JSON.stringify(exported));
    twin = await startTwinProcess(["--state", file("drifted.json")]);
    await assert.rejects(store(twin.ready.users[0], "a.txt"));
    assert.match(twin.stderr(), /has no rule that allows TCP port 21/);
  });

  it("reports that a stack with nothing in it has nothing to serve", async () => {
    const empty = await Workplace.open("prod");
    try {
      const text = await empty.pulumi("stack", "export");
      fs.writeFileSync(file("empty.json"), text);
    } finally {
      await empty.close();
    }
    const { code, stderr } = await runToExit(["--state", file("empty.json")]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /empty\.json is a stack without resources\. The twin reads what pulumi stack export/,
    );
  });
});
