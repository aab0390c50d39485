/** What the console keeps of what it is told: the newest, at a size that does not grow. */
import assert from "node:assert/strict";

import type { Change } from "../../../twin/console/change";
import { ConsoleState } from "../../../twin/console/state";
import { MOST_LINES, MOST_SESSIONS } from "../../../twin/console/session-book";
import { partsOf } from "../../../twin/picture/parts";
import { evaluateStack } from "../../support/golden";

const finding = {
  rule: "append",
  severity: "fails",
  problem: "It appends.",
  remedy: "Do not.",
} as const;

function kept(): { state: ConsoleState; told: Change[]; clock: { now: number } } {
  const clock = { now: 1_000_000 };
  const state = new ConsoleState(() => clock.now);
  const told: Change[] = [];
  state.listener = (changes) => told.push(...changes);
  state.begin([], { failures: 5, windowMs: 900_000 });
  return { state, told, clock };
}

const decision = (outcome: string, Reason: string, user = "camera01", address = "100.64.0.10") =>
  `${JSON.stringify({ outcome, Reason, user, address })}\n`;

describe("console, what it keeps", () => {
  it("a session from its first word to its last, with what it moved", () => {
    const { state, told } = kept();
    const { ftp } = state.observer;
    ftp({ kind: "connected", session: "s1", address: "127.0.0.1" });
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
      ...{ id: "s1", address: "127.0.0.1", user: "camera01", loggedIn: true, since: 1_000_000 },
      ...{ uploads: 1, downloads: 0, bytes: 7, closed: "QUIT" },
    });
    assert.deepEqual(
      lines.map(({ mark, text }) => `${mark} ${text}`),
      ["> USER camera01", "> PASS ***", "< 230 User logged in, proceed.", "* /a"],
    );
    // The page that follows knows the same as one that begins now.
    const last = told.filter((change) => change.kind === "session").at(-1);
    assert.deepEqual(last, { kind: "session", session: rest });
    assert.deepEqual(
      told.flatMap((change) => (change.kind === "line" ? [change.line] : [])),
      lines,
    );
    assert.equal(told.filter(({ kind }) => kind === "files").length, 1);
  });

  it("ten thousand sessions, and lines of a kilobyte without end: a bounded snapshot", () => {
    const { state } = kept();
    const { ftp, fault, event, report, login } = state.observer;
    for (let count = 0; count < 10_000; count++) {
      const session = `s${count}`;
      ftp({ kind: "connected", session, address: "127.0.0.1" });
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
      [MOST_SESSIONS, 200, 100, 50, 50],
    );
    // The live one stayed, however many came and went; of what is over the newest did.
    assert.equal(sessions.find(({ id }) => id === "long")?.lines.length, MOST_LINES);
    assert.ok(sessions.some(({ id }) => id === "s9999"));
    assert.ok(JSON.stringify(state.snapshot).length < 250_000);
    assert.equal(events.at(-1)?.bytes, 9999);
  });

  it("a finding once for a rule and a user, with the sessions that showed it", () => {
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

describe("console, locks", () => {
  it("the fifth failure locks, for one window from it; a lock is not made longer by knocking", () => {
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

  it("a login forgives the failures from its own address only", () => {
    const { state, told } = kept();
    state.observer.login(decision("denied", "wrong-password"));
    state.observer.login(decision("denied", "wrong-password", "camera01", "100.64.0.99"));
    state.observer.login(decision("granted", "password"));
    assert.deepEqual(
      state.snapshot.locks.map(({ address }) => address),
      ["100.64.0.99"],
    );
    assert.deepEqual(told.at(-1), { kind: "unlock", key: "camera01 100.64.0.10" });
  });

  it("what the function says beside decisions, and refusals that count for nobody, are no failures", () => {
    const { state } = kept();
    const { login } = state.observer;
    login("not JSON\nnull\n[1]\n");
    login(decision("denied", "wrong-protocol"));
    login(decision("error", "broken"));
    assert.deepEqual(state.snapshot.locks, []);
  });
});

describe("console, the hop in use", () => {
  it("a connection, a login, a file, and what refuses", async () => {
    const { state, told } = kept();
    const parts = partsOf(await evaluateStack("dev"));
    state.begin(parts, { windowMs: 900_000 });
    const { ftp } = state.observer;
    const hop = (event: Parameters<typeof ftp>[0]) => {
      told.length = 0;
      ftp(event);
      const found = told.find((change) => change.kind === "hop");
      return found && [found.hop.parts.join(" "), found.hop.failed];
    };
    const session = "s1";
    const way = "device sims vpg canal vpc endpoint";
    assert.deepEqual(hop({ kind: "connected", session, address: "127.0.0.1" }), [way, undefined]);
    assert.deepEqual(hop({ kind: "command", session, line: "PASS ***", passwordLength: 3 }), [
      "endpoint identity",
      undefined,
    ]);
    assert.deepEqual(hop({ kind: "refused", session, reason: "the identity provider said no" }), [
      "endpoint identity",
      "identity",
    ]);
    assert.deepEqual(hop({ kind: "data", session, to: "127.0.0.1", port: 8192 }), [
      `${way} bucket`,
      undefined,
    ]);
    assert.deepEqual(hop({ kind: "refused", session, reason: "no", code: "denied" }), [
      "endpoint bucket",
      "bucket",
    ]);
    assert.equal(hop({ kind: "command", session, line: "NOOP" }), undefined);
    const unreachable = (reason: string) => hop({ kind: "unreachable", port: 21, reason });
    assert.deepEqual(
      unreachable("Subnet canal-ftp-dev-network-vpc-ftp-1 has no route back to 10.9.9.9."),
      ["device sims vpg canal vpc", "vpc"],
    );
    assert.deepEqual(
      unreachable("SecurityGroup canal-ftp-dev-network-security-group has no rule that …"),
      [way, "endpoint"],
    );
    assert.deepEqual(unreachable("Fault vpg-failed: SORACOM's VPG does not run."), [
      "device sims vpg",
      "vpg",
    ]);
  });
});
