/** The console's state: the newest items, at a bounded size. */
import assert from "node:assert/strict";

import { ConsoleState } from "../../../twin/console/state";
import { maxLines, maxSessions } from "../../../twin/console/session-list";
import type { Update } from "../../../twin/console/updates";
import { partsOf } from "../../../twin/picture/parts";
import { evaluateStack } from "../../support/golden";

const finding = {
  rule: "append",
  severity: "fails",
  problem: "It appends.",
  remedy: "Do not.",
} as const;

function kept(): { state: ConsoleState; updates: Update[]; clock: { now: number } } {
  const clock = { now: 1_000_000 };
  const state = new ConsoleState(() => clock.now);
  const updates: Update[] = [];
  state.listener = (added) => updates.push(...added);
  state.begin([], { failures: 5, windowMs: 900_000 });
  return { state, updates, clock };
}

const decision = (outcome: string, Reason: string, user = "camera01", address = "100.64.0.10") =>
  `${JSON.stringify({ outcome, Reason, user, address })}\n`;

describe("twin/console/state", () => {
  it("keeps a session from connect to close, with its transfers", () => {
    const { state, updates } = kept();
    const { ftp } = state.observer;
    ftp({ kind: "connected", session: "s1", address: "127.0.0.1", source: "100.64.0.10" });
    ftp({ kind: "command", session: "s1", line: "USER camera01" });
    ftp({ kind: "command", session: "s1", line: "PASS ***", passwordLength: 15 });
    ftp({ kind: "reply", session: "s1", text: "230 User logged in, proceed." });
    ftp({
      ...{ kind: "transfer", session: "s1", user: "camera01", direction: "upload", path: "/a" },
      ...{ location: "/b/users/camera01/a", bytes: 7, milliseconds: 1.4, outcome: "completed" },
    });
    ftp({ kind: "closed", session: "s1", reason: "QUIT" });
    const [session] = state.snapshot.sessions;
    const { lines, ...rest } = session;
    assert.deepEqual(rest, {
      ...{ id: "s1", address: "127.0.0.1", source: "100.64.0.10" },
      ...{ user: "camera01", loggedIn: true, since: 1_000_000 },
      ...{ uploads: 1, downloads: 0, bytes: 7, closed: "QUIT" },
    });
    assert.deepEqual(
      lines.map(({ mark, text }) => `${mark} ${text}`),
      ["> USER camera01", "> PASS ***", "< 230 User logged in, proceed.", "* /a"],
    );
    // A page that received the updates has the same state as a new page.
    const last = updates.filter((update) => update.kind === "session").at(-1);
    assert.deepEqual(last, { kind: "session", session: rest });
    assert.deepEqual(
      updates.flatMap((update) => (update.kind === "line" ? [update.line] : [])),
      lines,
    );
    assert.equal(updates.filter(({ kind }) => kind === "files").length, 1);
  });

  it("has a bounded snapshot after ten thousand sessions and long lines", () => {
    const { state } = kept();
    const { ftp, fault, event, report, login } = state.observer;
    for (let count = 0; count < 10_000; count++) {
      const session = `s${count}`;
      ftp({ kind: "connected", session, address: "127.0.0.1", source: "100.64.0.10" });
      ftp({ kind: "command", session, line: `STOR ${"x".repeat(1000)}` });
      ftp({ kind: "closed", session, reason: "QUIT" });
      ftp({ kind: "command", session: "long", line: `STOR ${"y".repeat(1000)}${count}` });
      fault(`fault ${count}`);
      report.finding("long", { ...finding, rule: `rule-${count}` });
      login(decision("denied", "wrong-password", `user${count}`));
      event({
        ...{ version: "0", id: "1", "detail-type": "FTP Server File Upload Completed" },
        ...{ source: "aws.transfer", account: "1", time: "", region: "", resources: [] },
        detail: { username: "camera01", "file-path": "z".repeat(2000), bytes: count },
      });
    }
    const { sessions, events, findings, locks, messages } = state.snapshot;
    assert.deepEqual(
      [sessions.length, events.length, findings.length, locks.length, messages.length],
      [maxSessions, 200, 100, 50, 50],
    );
    // The open session is kept, and of the closed ones the newest.
    assert.equal(sessions.find(({ id }) => id === "long")?.lines.length, maxLines);
    assert.ok(sessions.some(({ id }) => id === "s9999"));
    assert.ok(JSON.stringify(state.snapshot).length < 250_000);
    assert.equal(events.at(-1)?.bytes, 9999);
  });

  it("keeps a finding once for a rule and a user, with its number of sessions", () => {
    const { state } = kept();
    const { ftp, report } = state.observer;
    for (const [session, user] of [
      ["a", "one"],
      ["b", "one"],
      ["c", "two"],
    ]) {
      ftp({ kind: "command", session, line: `USER ${user}` });
      report.finding(session, finding);
    }
    assert.deepEqual(
      state.snapshot.findings.map(({ user, sessions }) => [user, sessions]),
      [
        ["one", 2],
        ["two", 1],
      ],
    );
  });
});

describe("twin/console/state, locks", () => {
  it("the fifth failure locks for one window, which further attempts do not extend", () => {
    const { state, clock } = kept();
    for (let count = 0; count < 5; count++) {
      state.observer.login(decision("denied", "wrong-password"));
      clock.now += 1000;
      const [lock] = state.snapshot.locks;
      assert.deepEqual([lock.failures, lock.locked], [count + 1, count === 4]);
    }
    clock.now += 600_000;
    state.observer.login(decision("denied", "locked"));
    const [{ until, failures }] = state.snapshot.locks;
    assert.deepEqual([until, failures], [1_000_000 + 4000 + 900_000, 5]);
    clock.now = until;
    assert.deepEqual(state.snapshot.locks, []);
  });

  it("a login clears the failures of its own address only", () => {
    const { state, updates } = kept();
    state.observer.login(decision("denied", "wrong-password"));
    state.observer.login(decision("denied", "wrong-password", "camera01", "100.64.0.99"));
    state.observer.login(decision("granted", "password"));
    assert.deepEqual(
      state.snapshot.locks.map(({ address }) => address),
      ["100.64.0.99"],
    );
    assert.deepEqual(updates.at(-1), { kind: "unlock", key: "camera01 100.64.0.10" });
  });

  it("other output of the function and denials that do not count are not failures", () => {
    const { state } = kept();
    const { login } = state.observer;
    login("not JSON\nnull\n[1]\n");
    login(decision("denied", "wrong-protocol"));
    login(decision("error", "broken"));
    assert.deepEqual(state.snapshot.locks, []);
  });
});

describe("twin/console/state, activity", () => {
  it("shows a connection, a login, a transfer and the part that refuses", async () => {
    const { state, updates } = kept();
    const parts = partsOf(await evaluateStack("dev"));
    state.begin(parts, { windowMs: 900_000 });
    const { ftp } = state.observer;
    const activityOf = (event: Parameters<typeof ftp>[0]) => {
      updates.length = 0;
      ftp(event);
      const found = updates.find((update) => update.kind === "activity");
      return found && [found.activity.parts.join(" "), found.activity.failed];
    };
    const session = "s1";
    const path = "device sims vpg canal vpc endpoint";
    assert.deepEqual(
      activityOf({ kind: "connected", session, address: "127.0.0.1", source: "100.64.0.10" }),
      [path, undefined],
    );
    assert.deepEqual(
      activityOf({ kind: "command", session, line: "PASS ***", passwordLength: 3 }),
      ["endpoint identity", undefined],
    );
    assert.deepEqual(
      activityOf({ kind: "refused", session, reason: "the identity provider denied the login" }),
      ["endpoint identity", "identity"],
    );
    assert.deepEqual(activityOf({ kind: "data", session, to: "127.0.0.1", port: 8192 }), [
      `${path} bucket`,
      undefined,
    ]);
    assert.deepEqual(activityOf({ kind: "refused", session, reason: "no", code: "denied" }), [
      "endpoint bucket",
      "bucket",
    ]);
    assert.equal(activityOf({ kind: "command", session, line: "NOOP" }), undefined);
    const unreachable = (reason: string) => activityOf({ kind: "unreachable", port: 21, reason });
    assert.deepEqual(
      unreachable("Subnet canal-ftp-dev-network-vpc-ftp-1 has no route back to 10.9.9.9."),
      ["device sims vpg canal vpc", "vpc"],
    );
    assert.deepEqual(
      unreachable("SecurityGroup canal-ftp-dev-network-security-group has no rule that …"),
      [path, "endpoint"],
    );
    assert.deepEqual(unreachable("Fault vpg-failed: SORACOM's VPG does not run."), [
      "device sims vpg",
      "vpg",
    ]);
  });
});
