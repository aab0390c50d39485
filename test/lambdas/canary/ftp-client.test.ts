import assert from "node:assert/strict";

import { FtpClient } from "../../../lambdas/canary/ftp-client";
import { ScriptedServer } from "./support/scripted-server";

const password = "Rq7mZt2KxW9bLc4";

describe("canary: FTP", () => {
  let server: ScriptedServer;
  let client: FtpClient | undefined;
  beforeEach(async () => {
    server = await new ScriptedServer().open();
  });
  afterEach(() => {
    client?.close();
    server.close();
  });

  async function connect(milliseconds = 5000): Promise<FtpClient> {
    client = await FtpClient.connect("127.0.0.1", server.port, milliseconds);
    return client;
  }

  it("sends what a device sends: passive, binary, a data connection for each transfer", async () => {
    const ftp = await connect();
    await ftp.login("canary", password);
    await ftp.store("a.txt", Buffer.from("bytes"));
    assert.equal(server.stored.toString(), "bytes");
    assert.deepEqual(await ftp.list(), ["-rw------- 1 - - 9 Nov 26 03:00 a.txt"]);
    assert.equal((await ftp.retrieve("a.txt")).toString(), "bytes");
    await ftp.delete("a.txt");
    await ftp.quit();
    assert.deepEqual(server.commands, [
      "USER canary",
      `PASS ${password}`,
      "TYPE I",
      "PASV",
      "STOR a.txt",
      "PASV",
      "LIST",
      "PASV",
      "RETR a.txt",
      "DELE a.txt",
      "QUIT",
    ]);
  });

  it("names a port without a listener", async () => {
    const { port } = server;
    server.close();
    await assert.rejects(FtpClient.connect("127.0.0.1", port, 5000), {
      name: "FtpFailure",
      message: `no connection to 127.0.0.1:${port}: ECONNREFUSED`,
    });
  });

  it("ends with a failure at a silent server", async () => {
    server.greeting = "";
    await assert.rejects(connect(1000), { message: "greeting: no reply in time" });
  });

  it("reports a refusal by the command and the server's words, never by its argument", async () => {
    server.answers.PASS = (session) => session.reply("530 Authentication failed.");
    const ftp = await connect();
    await assert.rejects(ftp.login("canary", password), {
      message: "PASS: reply 530 Authentication failed.",
    });
  });

  it("requires an address from PASV", async () => {
    server.answers.PASV = (session) => session.reply("227 Passive");
    const ftp = await connect();
    await assert.rejects(ftp.list(), {
      message: "the reply to PASV has no address: 227 Passive",
    });
  });

  it("connects to what PASV announces, and reports a missing listener", async () => {
    server.answers.PASV = (session) => session.reply("227 Passive (127,0,0,1,0,1)");
    const ftp = await connect();
    await assert.rejects(ftp.list(), { message: "no connection to 127.0.0.1:1: ECONNREFUSED" });
  });

  it("trusts the server's last reply over the end of the data connection", async () => {
    server.answers.STOR = (session) => {
      session.reply("150 go");
      session.takeData(() => session.reply("551 File listing failed."));
    };
    const ftp = await connect();
    await assert.rejects(ftp.store("a", Buffer.from("x")), {
      message: "STOR: reply 551 File listing failed.",
    });
  });

  it("is not content with a 226 when the data connection broke", async () => {
    server.answers.RETR = (session) => {
      session.reply("150 go");
      session.control.write("226 done\r\n");
      // The data connection is never used: it stays open until the time is up.
    };
    const ftp = await connect(1500);
    await assert.rejects(ftp.retrieve("a"), { message: "data connection: not completed in time" });
  });
});
