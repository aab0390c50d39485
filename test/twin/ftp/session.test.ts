import assert from "node:assert/strict";
import type { FtpEvent } from "../../../twin/ftp/events";
import { RawClient } from "./raw-client";
import {
  eventually,
  testPassword,
  startEndpoint,
  testUser,
  type TestEndpoint,
  type TestSetting,
} from "./support";

describe("FTP session", () => {
  let endpoint: TestEndpoint;
  let client: RawClient;

  async function begin(setting?: TestSetting): Promise<void> {
    endpoint = await startEndpoint(setting);
    client = await RawClient.connect(endpoint.port);
  }

  async function logIn(): Promise<void> {
    await client.send(`USER ${testUser}`);
    assert.equal(await client.send(`PASS ${testPassword}`), "230 User logged in, proceed.");
  }

  function events<K extends FtpEvent["kind"]>(kind: K): Extract<FtpEvent, { kind: K }>[] {
    return endpoint.events.filter((event) => event.kind === kind) as never;
  }

  afterEach(async () => {
    client.close();
    await endpoint.stop();
  });

  describe("before login", () => {
    beforeEach(() => begin());

    for (const line of ["FEAT", "SYST", "NOOP", "OPTS UTF8 ON", "PASV", "NONSENSE", "APPE x", ""]) {
      it(`${JSON.stringify(line)} is denied`, async () => {
        assert.equal(await client.send(line), "530 Access denied.");
      });
    }

    it("AUTH, PBSZ, PROT and QUIT are answered", async () => {
      assert.equal(await client.send("AUTH TLS"), "431 Service is unavailable.");
      assert.equal(await client.send("PBSZ 0"), "200 Command PBSZ okay.");
      assert.equal(await client.send("PROT P"), "431 Security is disabled.");
      assert.equal(await client.send("QUIT"), "221 Goodbye.");
      assert.equal(await client.reply(), "(closed)");
    });

    it("USER accepts any name, the last one counts, and other sessions may send in between", async () => {
      assert.equal(
        await client.send(`USER ${"n".repeat(101)}`),
        `331 User name okay, need password for ${"n".repeat(101)}.`,
      );
      assert.equal(
        await client.send('USER a "b" 日本'),
        '331 User name okay, need password for a "b" 日本.',
      );
      await client.send(`USER ${testUser}`);
      assert.equal(await client.send("PWD"), "530 Access denied.");
      assert.equal(await client.send(`PASS ${testPassword}  `), "230 User logged in, proceed.");
    });

    it("USER without a name ends the connection", async () => {
      assert.equal(await client.send("USER"), "501 Syntax error in parameters or arguments.");
      assert.equal(await client.reply(), "(closed)");
    });

    it("anonymous is a name the identity provider decides on, like any", async () => {
      assert.match(await client.send("USER anonymous"), /^331 /);
      assert.equal(await client.send("PASS me@example.com"), "530 Authentication failed.");
    });

    it("PASS needs USER, and USER again after a failure; that is no failure itself", async () => {
      for (let count = 0; count < 4; count++) {
        assert.equal(await client.send("PASS x"), "503 Login with USER first.");
      }
      await client.send(`USER ${testUser}`);
      assert.equal(await client.send("PASS wrong"), "530 Authentication failed.");
      assert.equal(await client.send(`PASS ${testPassword}`), "503 Login with USER first.");
    });

    it("the third bad password ends the connection", async () => {
      for (const password of ["wrong", "", ` ${testPassword}`]) {
        await client.send(`USER ${testUser}`);
        assert.equal(await client.send(`PASS ${password}`), "530 Authentication failed.");
      }
      assert.equal(await client.reply(), "(closed)");
    });

    it("two bad passwords and a good one are well", async () => {
      for (let count = 0; count < 2; count++) {
        await client.send(`USER ${testUser}`);
        await client.send("PASS wrong");
      }
      await logIn();
    });
  });

  it("a failed login takes its time, for a wrong password, an unknown name and a broken provider", async () => {
    await begin({ timeouts: { failedLoginDelayMs: 150 } });
    for (const [user, password] of [
      [testUser, "wrong"],
      ["nobody", testPassword],
      [testUser, "broken"],
    ]) {
      await client.send(`USER ${user}`);
      const start = performance.now();
      assert.equal(await client.send(`PASS ${password}`), "530 Authentication failed.");
      assert.ok(performance.now() - start >= 145, `${user} ${password}`);
    }
    assert.deepEqual(
      events("refused").map(({ reason }) => reason),
      [
        "no such user or password",
        "no such user or password",
        "The identity provider failed: status 500",
      ],
    );
  });

  it("never reports a password to the observer", async () => {
    await begin();
    await client.send(`USER ${testUser}`);
    await client.send(`pass ${testPassword}`);
    await client.send(`XPASS ${testPassword}`);
    assert.deepEqual(
      events("command").map(({ line }) => line),
      [`USER ${testUser}`, "PASS ***", "PASS ***"],
    );
    assert.ok(!JSON.stringify(endpoint.events).includes(testPassword));
  });

  it("reports the connection and its end to the observer", async () => {
    await begin();
    await client.send("QUIT");
    await eventually("the end", () => events("closed").length === 1);
    assert.deepEqual(
      endpoint.events.map((event) => event.kind),
      ["connected", "reply", "command", "reply", "closed"],
    );
    assert.equal(events("connected")[0].address, "127.0.0.1");
    assert.equal(events("closed")[0].reason, "QUIT");
  });

  it("each session has its own current folder, type and rename", async () => {
    await begin();
    await logIn();
    await client.send("MKD a");
    await client.send("CWD a");
    await client.send("RNFR a");
    const other = await RawClient.login(endpoint.port);
    assert.equal(await other.send("PWD"), `257 "/" is current directory.`);
    assert.match(await other.send("RNTO b"), /^503/);
    assert.match(await client.send("RNTO b"), /^553/);
    other.close();
  });

  describe("reading lines", () => {
    beforeEach(async () => {
      await begin();
      await logIn();
    });

    it("takes a command in pieces", async () => {
      for (const piece of ["NO", "OP\r", "\n"]) {
        client.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      assert.equal(await client.reply(), "200 Command NOOP okay.");
    });

    it("answers several commands of one segment in order, and none behind QUIT", async () => {
      client.write("PWD\r\nSYST\nNOOP\r\nQUIT\r\nPWD\r\n");
      assert.match(await client.reply(), /^257/);
      assert.match(await client.reply(), /^215/);
      assert.match(await client.reply(), /^200/);
      assert.match(await client.reply(), /^221/);
      assert.equal(await client.reply(), "(closed)");
    });

    it("answers what a client sent before it closed its side", async () => {
      client.socket.end("MKD a\r\nMKD a/b\r\nPWD\r\n");
      assert.match(await client.reply(), /^257 "\/a"/);
      assert.match(await client.reply(), /^257 "\/a\/b"/);
      assert.match(await client.reply(), /^257 "\/"/);
      assert.equal(await client.reply(), "(closed)");
    });

    it("closes without a word after a line of more than 1024 bytes", async () => {
      client.write(`STOR ${"x".repeat(1018)}`);
      assert.equal(await client.replyWithin(50), undefined);
      client.write("\r\n");
      assert.equal(await client.reply(), "(closed)");
    });

    it("refuses a line that is not UTF-8, drops the rest of its chunk and continues", async () => {
      const shiftJis = Buffer.from([0x4d, 0x4b, 0x44, 0x20, 0x93, 0xfa, 0x0d, 0x0a]);
      client.write(Buffer.concat([shiftJis, Buffer.from("PWD\r\n")]));
      assert.equal(await client.reply(), "501 Invalid character in command");
      assert.equal(await client.send("NOOP"), "200 Command NOOP okay.");
    });

    it("refuses the Telnet bytes that some clients put before ABOR", async () => {
      client.write(Buffer.concat([Buffer.from([0xff, 0xf4, 0xff, 0xf2]), Buffer.from("ABOR\r\n")]));
      assert.equal(await client.reply(), "501 Invalid character in command");
    });

    it("answers a flood of commands to the last one", async () => {
      client.write("NOOP\r\n".repeat(50_000));
      for (let count = 0; count < 50_000; count++) {
        assert.equal(await client.reply(), "200 Command NOOP okay.");
      }
    });

    it("stops reading while a command is at work and many wait", async () => {
      await client.send("PASV");
      client.write("STOR x\r\n");
      await client.reply();
      client.write("NOOP\r\n".repeat(10_000_000));
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.ok(client.socket.writableLength > 0);
    });

    it("takes a backslash as part of the name", async () => {
      assert.equal(await client.send("MKD a\\b"), `257 "/a\\b" created.`);
    });
  });

  it("closes an idle connection without a word", async () => {
    await begin({ timeouts: { idleMs: 60 } });
    assert.equal(await client.reply(), "(closed)");
    await eventually("the end", () => events("closed").length === 1);
    assert.equal(events("closed")[0].reason, "idle for 0.06 s");
  });

  it("closes the connection of a client that sends and never reads, without buffering all replies", async () => {
    await begin({ timeouts: { idleMs: 150 } });
    await logIn();
    client.socket.pause();
    client.write("FEAT\r\n".repeat(100_000));
    await eventually("the end", () => events("closed").length === 1);
    assert.equal(events("closed")[0].reason, "idle for 0.15 s");
    assert.ok(events("reply").length < 100_000);
  });

  it("is not idle while a command is at work", async () => {
    await begin({ timeouts: { idleMs: 60, failedLoginDelayMs: 150 } });
    await client.send(`USER ${testUser}`);
    assert.equal(await client.send("PASS wrong"), "530 Authentication failed.");
  });

  it("answers 550 when the store fails in a way no command expects", async () => {
    await begin({
      wrap: (home) =>
        Object.assign(home, { stat: () => Promise.reject(new Error("disk on fire")) }),
    });
    await logIn();
    assert.equal(await client.send("SIZE x"), "550 Requested action not taken.");
    assert.equal(events("refused")[0].reason, "disk on fire");
  });
});
