import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { AwsApi } from "../../../cli/core/aws";
import type { CliContext } from "../../../cli/core/context";
import { runCli } from "../../support/cli-context";

const now = Date.parse("2026-11-26T12:00:00Z") / 1000;

interface Devices {
  readonly devices: Record<string, unknown>[];
}

/** A row as the function writes it, in the folder of its day. */
function write(data: string, row: { device: string; ended: string; [column: string]: unknown }) {
  const folder = path.join(data, "buckets", "log", "uploads", `dt=${row.ended.slice(0, 10)}`);
  fs.mkdirSync(folder, { recursive: true });
  const name = `${fs.readdirSync(folder).length}.json`;
  const full = {
    outcome: "completed",
    problem: null,
    bytes: 10,
    key: `users/${row.device}/a`,
    ...row,
  };
  fs.writeFileSync(path.join(folder, name), `${JSON.stringify(full)}\n`);
}

describe("canal-ftp uploads", () => {
  let data: string;
  beforeEach(() => (data = fs.mkdtempSync(path.join(os.tmpdir(), "uploads-"))));
  afterEach(() => fs.rmSync(data, { recursive: true }));
  const run = (args: string[], given: Partial<CliContext> = {}) =>
    runCli(["uploads", "--stack", "dev", ...args], { now: () => now, ...given });
  const twin = (...args: string[]) => run(["--twin", "--data", data, ...args]);

  function fill(): void {
    write(data, {
      device: "quick",
      ended: "2026-11-26T11:50:00.000Z",
      key: "users/quick/b\u001b.jpg",
    });
    write(data, { device: "quick", ended: "2026-11-26T10:00:00.000Z" });
    write(data, { device: "quick", ended: "2026-11-26T11:55:00.000Z", outcome: "partial" });
    write(data, { device: "silent", ended: "2026-11-24T10:00:00.000Z" });
    write(data, { device: "silent", ended: "2026-11-26T11:00:00.000Z", problem: "empty" });
    write(data, { device: "broken", ended: "2026-11-26T11:00:00.000Z", outcome: "failed" });
    write(data, { device: "gone", ended: "2026-10-01T10:00:00.000Z" });
  }

  it("lists for each device its last file, files, bytes and failures since a time", async () => {
    fill();
    const { code, document } = await twin("--json");
    assert.equal(code, 0);
    assert.deepEqual(document<Devices>().devices, [
      { device: "broken", files: 0, bytes: 0, failed: 1 },
      {
        ...{ device: "quick", files: 2, bytes: 20, failed: 1, silentSeconds: 600 },
        ...{ lastFile: "users/quick/b\u001b.jpg", lastUpload: "2026-11-26T11:50:00.000Z" },
      },
      {
        ...{ device: "silent", files: 1, bytes: 10, failed: 1, silentSeconds: 50 * 3600 },
        ...{ lastFile: "users/silent/a", lastUpload: "2026-11-24T10:00:00.000Z" },
      },
    ]);
    const longer = (await twin("--json", "--since", "90d")).document<Devices>();
    assert.ok(longer.devices.some(({ device }) => device === "gone"));
    const shorter = (await twin("--json", "--since", "30m")).document<Devices>();
    assert.deepEqual(
      shorter.devices.map(({ device, files }) => [device, files]),
      [["quick", 1]],
    );
  });

  it("names only devices that are silent, and then ends with 1", async () => {
    fill();
    const { code, stdout } = await twin("--silent");
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^device .*\nbroken +never .*\nsilent +2026-11-24T10:00:00 +2 d +1 +10 +1 +users\/silent\/a\n$/,
    );
    const fine = await twin("--silent", "1d", "--since", "30m");
    assert.deepEqual([fine.code, fine.stdout], [0, "None of 1 devices is silent.\n"]);
  });

  it("prints no control characters of names", async () => {
    fill();
    assert.ok((await twin()).stdout.includes("users/quick/b?.jpg"));
  });

  it("without a log, or with a wrong duration, states what to do", async () => {
    const { code, stderr } = await twin();
    assert.equal(code, 1);
    assert.match(stderr, /has no log of uploads: start the twin/);
    assert.equal((await twin("--since", "1w")).code, 2);
    const folderOnly = await run(["--data", data]);
    assert.deepEqual([folderOnly.code, /add --twin/.test(folderOnly.stderr)], [2, true]);
  });

  describe("of a deployed stack", () => {
    const outputs = { uploadDatabase: "canal_ftp_dev", uploadLogBucket: "log" };
    const program = (given: object) => ({
      runProgram: () => Promise.resolve({ code: 0, stdout: JSON.stringify(given), stderr: "" }),
    });
    const cells = (...values: string[]) => ({
      Data: values.map((VarCharValue) => (VarCharValue === "" ? {} : { VarCharValue })),
    });
    let calls: [string, Record<string, unknown>][];
    let states: string[];
    const aws: AwsApi = {
      call: <T>(_service: string, operation: string, input: object = {}) => {
        const given = input as Record<string, unknown>;
        calls.push([operation, given]);
        const next = given.NextToken !== undefined;
        const answers: Record<string, object> = {
          StartQueryExecution: { QueryExecutionId: "q" },
          GetQueryExecution: {
            QueryExecution: {
              Status: {
                State: operation === "GetQueryExecution" ? states.shift() : undefined,
                StateChangeReason: "no bucket",
              },
            },
          },
          GetQueryResults: next
            ? { ResultSet: { Rows: [cells("b", "", "", "0", "0", "2")] } }
            : {
                ResultSet: {
                  Rows: [
                    cells("device", "last_file", "last_upload", "files", "bytes", "failed"),
                    cells("a", "users/a/x", "2026-11-26T11:59:00.000Z", "3", "30", "0"),
                  ],
                },
                NextToken: "more",
              },
        };
        return Promise.resolve(answers[operation] as T);
      },
    };
    beforeEach(() => {
      calls = [];
      states = ["QUEUED", "SUCCEEDED"];
    });
    const deployed = (given: object = outputs, ...args: string[]) =>
      run(["--json", ...args], { ...program(given), aws: () => aws });

    it("starts a query in Athena, waits for it, and reads every page", async () => {
      const { code, document } = await deployed(outputs, "--since", "1d");
      assert.equal(code, 0);
      assert.deepEqual(document<Devices>().devices, [
        {
          ...{ device: "a", files: 3, bytes: 30, failed: 0, silentSeconds: 60 },
          ...{ lastFile: "users/a/x", lastUpload: "2026-11-26T11:59:00.000Z" },
        },
        { device: "b", files: 0, bytes: 0, failed: 2 },
      ]);
      const [, query] = calls[0];
      assert.match(
        String(query.QueryString),
        /FROM "canal_ftp_dev"\."uploads"\nWHERE dt >= '2026-11-25' AND ended >= '2026-11-25T12:00:00\.000Z'/,
      );
      assert.deepEqual(query.ResultConfiguration, { OutputLocation: "s3://log/queries/" });
    });

    it("reports a query that failed, and a stack without a log", async () => {
      states = ["FAILED"];
      assert.match((await deployed()).stdout, /Athena's query ended as FAILED: no bucket/);
      assert.match((await deployed({})).stdout, /Stack dev has no log of uploads/);
    });
  });
});
