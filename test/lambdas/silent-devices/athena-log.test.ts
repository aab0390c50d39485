import assert from "node:assert/strict";

import {
  type CallAthena,
  deviceQuery,
  summarizeDeployedLog,
} from "../../../lambdas/silent-devices/athena-log";

const row = (...values: (string | undefined)[]) => ({
  Data: values.map((VarCharValue) => ({ VarCharValue })),
});
const header = row("device", "last_file", "last_upload", "files", "bytes", "failed");

/** Summarizes a log whose query has these states in turn, and these pages of results. */
async function summarize(states: string[], ...pages: (typeof header)[][]) {
  let pauses = 0;
  const tokens: unknown[] = [];
  const call: CallAthena = <T>(operation: string, input: object) => {
    const { NextToken } = input as { NextToken?: string };
    if (operation === "GetQueryResults") tokens.push(NextToken);
    const status = { State: states[0], StateChangeReason: undefined };
    if (operation === "GetQueryExecution") states.shift();
    const at = Number(NextToken ?? 0);
    return Promise.resolve({
      QueryExecutionId: "q",
      QueryExecution: { Status: status },
      ResultSet: { Rows: pages[at] },
      NextToken: at + 1 < pages.length ? String(at + 1) : undefined,
    } as T);
  };
  const log = { database: "db", run: { WorkGroup: "reports" } };
  const pause = () => Promise.resolve(void pauses++);
  const devices = await summarizeDeployedLog(call, log, 0, pause);
  return { devices, pauses, tokens };
}

describe("deviceQuery", () => {
  it("reads only partitions since the day, and rows since the time", () => {
    const query = deviceQuery("db", Date.parse("2026-11-25T12:00:00Z") / 1000);
    assert.match(query, /FROM "db"\."uploads"\n/);
    assert.match(query, /dt >= '2026-11-25' AND ended >= '2026-11-25T12:00:00\.000Z'\n/);
  });
});

describe("summarizeDeployedLog", () => {
  it("waits while the query is queued or running", async () => {
    const { devices, pauses } = await summarize(["QUEUED", "RUNNING", "SUCCEEDED"], [header]);
    assert.deepEqual([devices, pauses], [[], 2]);
  });

  it("joins pages, of which only the first has the header, and leaves missing files out", async () => {
    const { devices, tokens } = await summarize(
      ["SUCCEEDED"],
      [header, row("a", "users/a/x", "2026-11-26T11:59:00.000Z", "3", "30", "1")],
      [row("b", undefined, undefined, "0", "0", "2")],
    );
    assert.deepEqual(devices, [
      {
        ...{ device: "a", files: 3, bytes: 30, failed: 1 },
        ...{ lastFile: "users/a/x", lastUpload: "2026-11-26T11:59:00.000Z" },
      },
      { device: "b", files: 0, bytes: 0, failed: 2 },
    ]);
    assert.deepEqual(tokens, [undefined, "1"]);
  });

  for (const state of ["FAILED", "CANCELLED"]) {
    it(`ends with a query that is ${state}`, async () => {
      await assert.rejects(summarize([state]), { message: new RegExp(`${state}: no reason$`) });
    });
  }
});
