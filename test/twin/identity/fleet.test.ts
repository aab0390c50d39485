import assert from "node:assert/strict";

import { importAndLogIn } from "../../../bench/identity/fleet-logins";
import { RunningTwin, runTwin } from "../../support/running-twin";
import { dataFolder, decisions } from "./support";

const size = { users: 200, logins: 60 };

describe("twin, a fleet", () => {
  const data = dataFolder();
  let running: RunningTwin;
  before(async () => {
    running = await runTwin({ data: data.path });
  });
  after(async () => {
    await running.stop();
    data.remove();
  });

  it(`${size.users} users imported, ${size.logins} logins by random ones: all granted`, async function () {
    this.timeout(120_000);
    const figures = await importAndLogIn(data.path, running.twin.ftp, size);
    assert.deepEqual(
      [figures.imported, figures.granted, figures.refused],
      [size.users, size.logins, 0],
    );
    const outcomes = decisions(data.path).map(({ outcome }) => outcome);
    assert.equal(outcomes.filter((outcome) => outcome === "granted").length, size.logins);
    assert.deepEqual(running.faults, []);
    console.log(
      `      ${figures.importSeconds.toFixed(1)} s to import, logins ${figures.loginMilliseconds.p50.toFixed(0)} ms p50, ${figures.loginMilliseconds.p99.toFixed(0)} ms p99`,
    );
  });
});
