import assert from "node:assert/strict";

import { type Journey, runJourney } from "../../../lambdas/canary/journey";
import { type Step, steps } from "../../../lambdas/canary/steps";
import { type Answer, ScriptedServer } from "./support/scripted-server";

const password = "Rq7mZt2KxW9bLc4";
const refuse: Answer = (session) => session.reply("550 refused");
const hangUp: Answer = (session) => session.control.destroy();

describe("canary: a journey", () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await new ScriptedServer().open();
  });
  afterEach(() => server.close());

  const go = (timeoutMs = 5000): Promise<Journey> =>
    runJourney({ address: "127.0.0.1", port: server.port, user: "canary", password, timeoutMs });

  it("takes every step, measures each, and leaves no file behind", async () => {
    const { failed, milliseconds, address } = await go();
    assert.deepEqual([failed, address], [undefined, "127.0.0.1"]);
    assert.deepEqual(Object.keys(milliseconds), [...steps]);
    for (const taken of Object.values(milliseconds)) assert.ok(taken >= 0);
    assert.deepEqual(server.commands.slice(-2), ["DELE canary-127.0.0.1.txt", "QUIT"]);
  });

  it("uses one name and other contents each time: no old file is taken for the new one", async () => {
    await go();
    const first = [server.name, server.stored.toString()];
    await go();
    assert.equal(server.name, first[0]);
    assert.notEqual(server.stored.toString(), first[1]);
    assert.equal(server.stored.length, 4096);
  });

  const failures: [Step, string, Record<string, Answer>, RegExp][] = [
    ["login", "an unknown user", { USER: refuse }, /^USER: reply 550/],
    ["login", "a wrong password", { PASS: refuse }, /^PASS: reply 550/],
    ["login", "a server that hangs up", { PASS: hangUp }, /^PASS: the server closed/],
    ["upload", "no passive port", { PASV: refuse }, /^PASV: reply 550/],
    ["upload", "no right to write", { STOR: refuse }, /^STOR: reply 550/],
    ["list", "no right to list", { LIST: refuse }, /^LIST: reply 550/],
    ["download", "no right to read", { RETR: refuse }, /^RETR: reply 550/],
    ["delete", "no right to delete", { DELE: refuse }, /^DELE: reply 550/],
    ["delete", "a server that hangs up", { DELE: hangUp }, /^DELE: the server closed/],
  ];
  for (const [step, what, answers, reason] of failures) {
    it(`names ${step} for ${what}, and takes no step after it`, async () => {
      Object.assign(server.answers, answers);
      const { failed, milliseconds } = await go();
      assert.equal(failed?.step, step);
      assert.match(failed?.reason ?? "", reason);
      assert.deepEqual(Object.keys(milliseconds), steps.slice(0, steps.indexOf(step) + 1));
      assert.ok(!JSON.stringify(failed).includes(password));
    });
  }

  it("names connect for a port without a listener, and for a server that is full", async () => {
    server.greeting = "421 full";
    assert.deepEqual((await go()).failed, {
      step: "connect",
      reason: "greeting: reply 421 full",
    });
    server.close();
    const { failed } = await go();
    assert.equal(failed?.step, "connect");
    assert.match(failed?.reason ?? "", /ECONNREFUSED/);
  });

  it("names list when the file is not in it, also by a longer name that ends the same", async () => {
    server.answers.LIST = (session) => {
      session.reply("150 go");
      session.sendData(Buffer.from("-rw------- 1 - - 9 Nov 26 03:00 old-canary-127.0.0.1.txt\r\n"));
      session.reply("226 done");
    };
    const { failed } = await go();
    assert.deepEqual(failed, {
      step: "list",
      reason: "canary-127.0.0.1.txt is not in the listing of 1 lines",
    });
  });

  it("fails at compare when other bytes are received, and prints none of them", async () => {
    server.answers.RETR = (session) => {
      session.reply("150 go");
      session.sendData(Buffer.from("another content"));
      session.reply("226 done");
    };
    const { failed } = await go();
    assert.deepEqual(failed, {
      step: "compare",
      reason: "4096 bytes were sent, 15 others came back",
    });
  });

  it("ends within its time limit when a server stops responding at any step", async () => {
    server.answers.LIST = () => undefined;
    const { failed } = await go(2000);
    assert.deepEqual(failed, { step: "list", reason: "LIST: no reply in time" });
  });

  it("is complete without a reply to QUIT", async () => {
    server.answers.QUIT = hangUp;
    assert.equal((await go()).failed, undefined);
  });
});
