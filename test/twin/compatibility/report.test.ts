import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding, TimedEvent } from "../../../twin/compatibility/finding";
import { CompatibilityReport, type SessionSummary } from "../../../twin/compatibility/report";
import { allRules } from "../../../twin/compatibility/session-check";
import { summaryLines } from "../../../twin/compatibility/summary-text";
import type { FtpEvent } from "../../../twin/ftp/events";
import type { RefusalCode } from "../../../twin/ftp/service";
import { parseRecording } from "../../../twin/recording/format";

function report(events: Iterable<TimedEvent>) {
  const findings: Finding[] = [];
  const summaries: SessionSummary[] = [];
  const watch = new CompatibilityReport({
    finding: (_, finding) => findings.push(finding),
    summary: (summary) => summaries.push(summary),
  });
  for (const event of events) watch.handle(event);
  return { findings, summaries, rules: findings.map(({ rule }) => rule) };
}

/** A session's events, a second apart. */
function session(id: string, ...events: (FtpEvent | [command: string, reply: string])[]) {
  const all = events.flatMap((event): FtpEvent[] =>
    Array.isArray(event)
      ? [
          event[0].startsWith("PASS ")
            ? {
                kind: "command",
                session: id,
                line: "PASS ***",
                passwordLength: event[0].length - 5,
              }
            : { kind: "command", session: id, line: event[0] },
          { kind: "reply", session: id, text: event[1] },
        ]
      : [event],
  );
  const whole: FtpEvent[] = [
    { kind: "connected", session: id, address: "127.0.0.1", source: "100.64.0.10" },
    ...all,
    { kind: "closed", session: id, reason: "QUIT" },
  ];
  return whole.map((event, index) => ({ at: index * 1000, event }));
}

const login: [string, string][] = [
  ["USER camera01", "331 User name okay, need password for camera01."],
  ["PASS k3Jd82hsQp0xYtz", "230 User logged in, proceed."],
  ["TYPE I", "200 Command TYPE okay."],
];

function stored(id: string, path: string): FtpEvent {
  return {
    kind: "transfer",
    session: id,
    user: "camera01",
    direction: "upload",
    path,
    location: path,
    bytes: 5,
    milliseconds: 1,
    outcome: "completed",
  };
}

const good = (id: string): TimedEvent[] =>
  session(
    id,
    ...login,
    ["PASV", "227 Entering Passive Mode (127,0,0,1,32,1)"],
    { kind: "data", session: id, to: "127.0.0.1", port: 8193 },
    ["STOR a.bin", "150 File status okay; about to open data connection."],
    stored(id, "/a.bin"),
    ["QUIT", "221 Goodbye."],
  );

describe("compatibility report", () => {
  it("names each problem of a recorded misbehaving session once", () => {
    const text = readFileSync(join(__dirname, "misbehaving.txt"), "utf8");
    const { rules, summaries } = report(parseRecording(text));
    const unseen = [
      ...["user-name", "password-cut", "password-former", "login-refused", "second-user"],
      ...["control-characters", "long-name", "line-too-long"],
    ];
    const expected = allRules.flatMap(({ id }) => (unseen.includes(id) ? [] : [id]));
    assert.deepEqual([...rules].sort(), [...expected].sort());
    assert.equal(summaries.length, 1);
    assert.equal(summaries[0].findings.length, rules.length);
  });

  it("shows each problem with its line and a remedy, worst first", () => {
    const text = readFileSync(join(__dirname, "misbehaving.txt"), "utf8");
    const [summary] = report(parseRecording(text)).summaries;
    const lines = summaryLines(summary);
    assert.equal(
      lines[0],
      "session aa of weatherstation01 from 100.64.0.10: 4 stored, 1 fetched, 5559 bytes",
    );
    const at = (pattern: RegExp): number => lines.findIndex((line) => pattern.test(line));
    assert.ok(at(/fails append/) < at(/risk {2}ascii/));
    assert.ok(at(/risk {2}ascii/) < at(/note {2}overwrite/));
    assert.match(lines[at(/fails append/) + 1], /line: {3}APPE rest\.csv/);
    assert.match(lines[at(/fails append/) + 2], /remedy: Have the device write a file/);
  });

  it("reports nothing of a session without fault", () => {
    const { findings, summaries } = report(good("one"));
    assert.deepEqual(findings, []);
    assert.match(summaryLines(summaries[0])[0], /no findings/);
  });

  it("reports once that a user logs in for every file", () => {
    const { rules } = report(["1", "2", "3", "4", "5"].flatMap(good));
    assert.deepEqual(rules, ["login-per-file"]);
  });

  it("does not take a session with several files for that habit", () => {
    const two = session("2", ...login, stored("2", "/a"), stored("2", "/b"));
    assert.deepEqual(report([...good("0"), ...good("1"), ...two, ...good("3")]).rules, []);
  });

  it("names a cut and a former password by the twin's reason, and every other refusal plainly", () => {
    const refused = (code: RefusalCode, reason: string) =>
      session(
        "1",
        ["USER camera01", "331 User name okay, need password for camera01."],
        { kind: "command", session: "1", line: "PASS ***", passwordLength: 8 },
        { kind: "refused", session: "1", reason, code },
        { kind: "reply", session: "1", text: "530 Authentication failed." },
      );
    for (const code of ["password-cut", "password-former"] as const) {
      const { findings } = report(refused(code, "The reason."));
      assert.deepEqual(
        findings.map(({ rule, problem }) => [rule, problem]),
        [[code, "The reason."]],
      );
    }
    assert.deepEqual(report(refused("login-denied", "x")).rules, ["login-refused"]);
  });

  const single: [rule: string, events: (FtpEvent | [string, string])[]][] = [
    ["user-name", [["USER ab", "331 User name okay, need password for ab."]]],
    ["control-characters", [...login, ["MKD a\u0007b", `257 "/a\u0007b" created.`]]],
    ["long-name", [...login, [`MKD ${"x".repeat(256)}`, "550 Can't create directory."]]],
    ["second-user", [...login, ["USER other", "530 Invalid user name."]]],
    ["encoded-in-events", [...login, ["STOR a+b.csv", "503 Bad."]]],
    ["parameter", [...login, ["TYPE E", "504 Command TYPE not implemented for the parameter E."]]],
  ];
  for (const [rule, events] of single) {
    it(`sees ${rule}`, () => assert.deepEqual(report(session("1", ...events)).rules, [rule]));
  }

  it("counts only the first transfer after REST as resumed", () => {
    const rest: [string, string] = ["REST 100", "502 Command REST not implemented."];
    const rulesOf = (...transfers: FtpEvent[]) =>
      report(session("1", ...login, rest, ...transfers)).rules;
    const fetched = { ...stored("1", "/a"), direction: "download" } as FtpEvent;
    assert.deepEqual(rulesOf(stored("1", "/b")), ["resume", "resume-stores-from-zero"]);
    assert.deepEqual(rulesOf(fetched, stored("1", "/b")), ["resume"]);
  });

  it("keeps no more of a session than its findings, however long it is", () => {
    const { findings } = report(
      session(
        "1",
        ...login,
        ...Array.from(
          { length: 5000 },
          () =>
            ["APPE " + "x".repeat(1000), "502 Command APPE not implemented."] as [string, string],
        ),
      ),
    );
    assert.equal(findings.length, 1);
    assert.ok(JSON.stringify(findings).length < 1000);
  });
});
