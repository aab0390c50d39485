import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";

import { Client } from "basic-ftp";

import type { Evaluation, Resource } from "../../lib/stack/resource";
import { messagesOf, queuePairs } from "../../twin/queue/queues";
import { alarmIn, isBreaching, valuesOf } from "../components/operations/evaluate-alarm";
import type { EvaluatedComponent } from "../support/evaluate-component";
import { evaluateStack } from "../support/golden";
import { runTwin, type RunningTwin } from "../support/running-twin";
import { until } from "../support/until";
import { RawClient } from "./ftp/raw-client";

const device = { name: "camera01", password: "k3Jd82hsQp0xYtz" };
const locked = { name: "locked01", password: "k3Jd82hsQp0xYtz" };

/** Limits that a few sessions reach. */
const limits = {
  "canal-ftp:alarmQuietHours": "1",
  "canal-ftp:alarmPartialUploads": "2",
  "canal-ftp:alarmServerErrors": "3",
  "canal-ftp:alarmFailedLogins": "3",
  "canal-ftp:lockoutFailures": "2",
};

/** Metrics that no session can make here: Lambda's own, and the duration of logins. */
const withoutSession = ["errors", "throttles", "slow-logins"];

type Act = (site: Site) => Promise<void>;

/** Sessions after which each alarm goes off, and some after which it does not. */
const sessions: Record<string, { readonly rings: Act; readonly silent: Act }> = {
  "server-errors": {
    rings: (site) => site.session((client) => times(3, () => missing(client))),
    silent: (site) =>
      site.session(async (client) => {
        await times(2, () => missing(client));
        await upload(client, "fine.jpg");
      }),
  },
  "partial-uploads": {
    rings: (site) => times(2, (round) => site.cut(`cut${round}.jpg`)),
    silent: async (site) => {
      await site.cut("cut.jpg");
      await site.session((client) => upload(client, "whole.jpg"));
    },
  },
  "no-uploads": {
    rings: (site) =>
      site.session(async (client) => {
        await client.list();
        await upload(client, "empty.jpg", "");
        await times(1, () => missing(client));
      }),
    silent: (site) => site.session((client) => upload(client, "a.jpg")),
  },
  "failed-logins": {
    rings: (site) => times(3, (round) => site.denied(`unknown${round}`)),
    silent: (site) => times(2, (round) => site.denied(`unknown${round}`)),
  },
  "locked-users": {
    rings: (site) => times(3, () => site.denied(locked.name)),
    silent: (site) => site.denied("unknown9"),
  },
  "bytes-in": {
    rings: (site) => site.session((client) => upload(client, "large.bin", "x".repeat(1_000_000))),
    silent: (site) => site.session((client) => upload(client, "large.bin", "x".repeat(999_999))),
  },
};

const upload = (client: Client, name: string, text = "photo") =>
  client.uploadFrom(Readable.from([Buffer.from(text)]), name).then(() => undefined);

const missing = (client: Client) =>
  assert.rejects(client.remove("is-not-there.jpg")).then(() => undefined);

async function times(count: number, act: (round: number) => Promise<unknown>): Promise<void> {
  for (let round = 1; round <= count; round++) await act(round);
}

/** A served stack, and what its logs have. */
class Site {
  private constructor(private readonly running: RunningTwin) {}

  static async start(
    config: Record<string, string> = {},
    change = (whole: Evaluation) => whole,
  ): Promise<Site> {
    const evaluated = async () => change(await evaluateStack("dev", { ...limits, ...config }));
    return new Site(await runTwin({ users: [device, locked], change: evaluated }));
  }

  stop = () => this.running.stop();

  get resources(): readonly Resource[] {
    return this.running.twin.stack.resources;
  }

  alarm(suffix: string): Resource {
    return this.resources.find(
      ({ type, name }) => type.endsWith(":MetricAlarm") && name.endsWith(`-${suffix}`),
    )!;
  }

  /** Every line of every log so far. */
  lines(): string[] {
    const logs = path.join(this.running.data, "logs");
    return (fs.readdirSync(logs, { recursive: true }) as string[])
      .map((name) => path.join(logs, name))
      .filter((file) => fs.statSync(file).isFile())
      .flatMap((file) => fs.readFileSync(file, "utf8").split("\n").slice(0, -1));
  }

  async session(act: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client(5000);
    const { host, port } = this.running.twin.ftp;
    await client.access({ host, port, user: device.name, password: device.password });
    await act(client);
    client.close();
  }

  async denied(user: string): Promise<void> {
    const client = await RawClient.connect(this.running.twin.ftp.port);
    await client.send(`USER ${user}`);
    assert.match(await client.send("PASS wrong"), /^530/);
    client.close();
  }

  async cut(name: string): Promise<void> {
    const client = await RawClient.connect(this.running.twin.ftp.port);
    await client.send(`USER ${device.name}`);
    await client.send(`PASS ${device.password}`);
    await client.send("TYPE I");
    const data = await client.openData();
    await client.send(`STOR ${name}`);
    await new Promise<void>((resolve) => data.write("fragment", () => resolve()));
    data.resetAndDestroy();
    assert.match(await client.reply(), /^426/);
    client.close();
  }

  /** Waits until every event is processed. */
  async isIdle(): Promise<void> {
    const pairs = queuePairs(this.running.data) ?? [];
    await until("no message is left", () => pairs.every(({ queue }) => this.count(queue) === 0));
  }

  get deadLetters(): number {
    const [{ deadLetters }] = queuePairs(this.running.data)!;
    return this.count(deadLetters);
  }

  private count = (queue: string) => messagesOf(this.running.data, queue).names().length;
}

/** Values of an alarm's metric in lines of the logs. Transfer's own count of bytes is in the server's log. */
function metricOf(resource: Resource, lines: readonly string[], site: Site): number[] {
  const alarm = alarmIn(resource);
  if (alarm.metricName !== "BytesIn") {
    return valuesOf(alarm, lines, { resources: site.resources } as EvaluatedComponent);
  }
  return lines
    .map((line) => (line.startsWith("{") ? (JSON.parse(line) as Record<string, string>) : {}))
    .filter((line) => line["bytes-in"] !== undefined)
    .map((line) => Number(line["bytes-in"]));
}

describe("every alarm, by FTP sessions and the logs of the twin", function () {
  let site: Site;
  before(async () => {
    const small = (whole: Evaluation) => ({
      ...whole,
      resources: whole.resources.map((resource) =>
        resource.name.endsWith("-bytes-in")
          ? { ...resource, inputs: { ...resource.inputs, threshold: 1e6 } }
          : resource,
      ),
    });
    site = await Site.start({}, small);
  });
  after(() => site.stop());

  async function isBreachingAfter(of: Site, suffix: string, act: Act): Promise<boolean> {
    const before = of.lines();
    await act(of);
    await of.isIdle();
    const lines = of.lines();
    const fresh = [...lines];
    for (const line of before) fresh.splice(fresh.indexOf(line), 1);
    const resource = of.alarm(suffix);
    return isBreaching(alarmIn(resource), metricOf(resource, fresh, of));
  }

  for (const [suffix, { rings, silent }] of Object.entries(sessions)) {
    it(`${suffix} goes off after sessions that count, and not after others`, async () => {
      assert.equal(await isBreachingAfter(site, suffix, silent), false, "it goes off");
      assert.equal(await isBreachingAfter(site, suffix, rings), true, "it does not go off");
    });
  }

  it("partial-uploads without upload events counts the server's PARTIAL_CLOSE", async () => {
    const alone = await Site.start({ "canal-ftp:uploadEvents": "false" });
    try {
      const { rings, silent } = sessions["partial-uploads"];
      assert.equal(await isBreachingAfter(alone, "partial-uploads", silent), false);
      assert.equal(await isBreachingAfter(alone, "partial-uploads", rings), true);
    } finally {
      await alone.stop();
    }
  });

  /** The stack without an action in the policies of one function's role. */
  const without = (role: RegExp, action: string) => (whole: Evaluation) => ({
    ...whole,
    resources: whole.resources.map((resource) =>
      role.test(resource.name) && "policy" in resource.outputs
        ? {
            ...resource,
            outputs: {
              ...resource.outputs,
              policy: String(resource.outputs.policy).replaceAll(`"${action}"`, '"s3:None"'),
            },
          }
        : resource,
    ),
  });

  it("store-errors is raised when the function may not read its users", async () => {
    const login: Act = (of) => of.denied(device.name);
    assert.equal(await isBreachingAfter(site, "store-errors", login), false);
    const broken = await Site.start({}, without(/-identity-.*access$/, "dynamodb:BatchGetItem"));
    try {
      assert.equal(await isBreachingAfter(broken, "store-errors", login), true);
    } finally {
      await broken.stop();
    }
  });

  it("dead-letters is raised when an upload cannot be logged", async () => {
    assert.equal(site.deadLetters, 0);
    const broken = await Site.start({}, without(/-worker-access$/, "s3:PutObject"));
    try {
      await broken.session((client) => upload(client, "a.jpg"));
      await until("the message is a dead letter", () => broken.deadLetters === 1);
      const alarm = alarmIn(broken.alarm("dead-letters"));
      assert.equal(isBreaching(alarm, [broken.deadLetters]), true);
      assert.equal(isBreaching(alarm, [site.deadLetters]), false);
    } finally {
      await broken.stop();
    }
  });

  it("failing-names is raised when many names fail from one address", async () => {
    const own = await Site.start({ "canal-ftp:alarmFailingNames": "3" });
    try {
      const names = (first: number, count: number) => (of: Site) =>
        times(count, (round) => of.denied(`name${first + round}`));
      assert.equal(await isBreachingAfter(own, "failing-names", names(0, 2)), false);
      assert.equal(await isBreachingAfter(own, "failing-names", names(2, 1)), true);
    } finally {
      await own.stop();
    }
  });

  it("no alarm is left out", () => {
    const alone = ["store-errors", "dead-letters", "failing-names"];
    const known = [...Object.keys(sessions), ...withoutSession, ...alone];
    const alarms = site.resources.filter(({ type }) => type.endsWith(":MetricAlarm"));
    const missed = alarms.filter(({ name }) => !known.some((each) => name.endsWith(`-${each}`)));
    assert.deepEqual(missed, []);
    assert.equal(alarms.length, known.length);
  });
});
