/** A day of devices in seconds: time is simulated; sockets, logins and files are real. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { copyProgram } from "../support/program-copy";
import { runTwin, testUser, type RunningTwin } from "../support/running-twin";
import { SimulatedClock } from "../support/simulated-clock";
import { RawClient } from "./ftp/raw-client";
import { eventually } from "./ftp/support";
import { ageFailures, dataFolder } from "./identity/support";

const minuteMs = 60_000;

async function login(
  port: number,
  password: string,
): Promise<{ client: RawClient; reply: string }> {
  const client = await RawClient.connect(port);
  await client.send(`USER ${testUser.name}`);
  const reply = await client.send(`PASS ${password}`);
  return { client, reply };
}

describe("twin, through 24 hours", () => {
  const clock = new SimulatedClock(Date.now());
  const data = dataFolder();
  // Without remembered passwords, which pass the lock.
  const copy = copyProgram([
    ["Pulumi.dev.yaml", /config:\n/, "config:\n  canal-ftp:rememberSeconds: 0\n"],
  ]);
  let running: RunningTwin;

  before(async () => {
    running = await runTwin({
      root: copy.folder,
      data: data.path,
      timeouts: { clock, failedLoginDelayMs: 0 },
    });
  });
  after(async () => {
    await running.stop();
    data.remove();
    copy.remove();
  });

  /** Lets minutes pass for the endpoint and for the failures in the user table. */
  async function pass(minutes: number): Promise<void> {
    await ageFailures(data.path, testUser.name, minutes * 60);
    clock.advance(minutes * minuteMs);
  }

  it("times sessions out, accepts reconnections and locks users at the right times", async function () {
    this.timeout(60_000);
    const { port } = running.twin.ftp;
    const closed = (reason: RegExp): number =>
      running.events.filter((event) => event.kind === "closed" && reason.test(event.reason)).length;

    const keeper = await login(port, testUser.password);
    let sleeper = await login(port, testUser.password);
    let sleeps = 0;
    let lockouts = 0;
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      // One device reconnects for each file, one sends NOOP every ten minutes, one sleeps too long.
      const { client, reply } = await login(port, testUser.password);
      assert.match(reply, /^230/, `minute ${minute}`);
      assert.match(await client.put(`STOR ${minute}.csv`, `${minute}`), /^226/);
      await client.send("QUIT");
      client.close();
      assert.equal(await keeper.client.send("NOOP"), "200 Command NOOP okay.");

      if (minute % 480 === 240) {
        // A wrong password in the firmware: five failures lock the user for 15 minutes.
        for (let failure = 0; failure < 5; failure++) {
          const wrong = await login(port, "wrong");
          assert.match(wrong.reply, /^530/);
          wrong.client.close();
        }
        const locked = await login(port, testUser.password);
        assert.match(locked.reply, /^530/);
        locked.client.close();
        lockouts++;
        await pass(9);
        const still = await login(port, testUser.password);
        assert.match(still.reply, /^530/);
        still.client.close();
        await keeper.client.send("NOOP");
        await pass(7);
      }
      if (minute % 40 === 0 && minute > 0) {
        await eventually("the sleeper's end", () => closed(/^idle for 1800 s/) > sleeps);
        assert.equal(await sleeper.client.reply(), "(closed)");
        sleeps++;
        sleeper = await login(port, testUser.password);
        assert.match(sleeper.reply, /^230/);
      }
      clock.advance(10 * minuteMs);
    }
    assert.equal(closed(/^idle/), sleeps + Number(closed(/^idle/) > sleeps));
    assert.equal(sleeps, 35);
    assert.equal(lockouts, 3);
    keeper.client.close();
    sleeper.client.close();

    const folder = path.join(running.twin.files, "users", testUser.name);
    assert.equal(readdirSync(folder).length, 144);
    assert.equal(readFileSync(path.join(folder, "1430.csv"), "utf8"), "1430");
    await eventually("the sessions' end", () => closed(/./) >= 144);
  });
});
