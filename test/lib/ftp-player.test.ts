import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

import { FtpPlayer } from "../../lib/ftp-player";

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onConnection).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

describe("lib/ftp-player", () => {
  let control: Server;
  let data: Server;
  let stored: string;
  let player: FtpPlayer;
  let greeting: string;

  beforeEach(async () => {
    stored = "";
    const connections: Socket[] = [];
    data = await listen((socket) => void connections.push(socket));
    const port = portOf(data);
    const answers: Record<string, string> = {
      NOOP: "200 Okay.",
      PASV: `227 Entering Passive Mode (10,0,0,9,${port >> 8},${port & 255})`,
      EPSV: `229 Entering Extended Passive Mode (|||${port}|)`,
      "RETR denied": "550 No.",
    };
    const connection = async () => {
      if (connections.length === 0) await once(data, "connection");
      return connections.shift()!;
    };
    control = await listen((socket) => {
      socket.write("220 Ready.\r\n");
      socket.on("data", (chunk) => {
        const line = chunk.toString().trim();
        const plain = answers[line];
        if (plain !== undefined) return socket.write(`${plain}\r\n`);
        socket.write("150 Open.\r\n");
        void connection().then((opened) => {
          if (!line.startsWith("STOR")) opened.end("contents");
          opened.on("data", (part) => (stored += part.toString()));
          opened.on("end", () => socket.write("226 Complete.\r\n"));
          if (!line.startsWith("STOR")) opened.resume();
        });
      });
    });
    ({ player, greeting } = await FtpPlayer.connect("127.0.0.1", portOf(control)));
  });

  afterEach(() => {
    player.close();
    control.close();
    data.close();
  });

  it("plays a line and returns its reply", async () => {
    assert.equal(greeting, "220 Ready.");
    assert.deepEqual(await player.play("NOOP"), { replies: ["200 Okay."] });
  });

  for (const passive of ["PASV", "EPSV"]) {
    it(`opens the data connection of ${passive} to the control connection's host`, async () => {
      await player.play(passive);
      const { replies, received, firstByteMs } = await player.play("RETR a");
      assert.deepEqual(replies, ["150 Open.", "226 Complete."]);
      assert.equal(String(received), "contents");
      assert.equal(typeof firstByteMs, "number");
    });
  }

  it("uploads", async () => {
    await player.play("PASV");
    const { replies, received } = await player.play("STOR a", Buffer.from("from the device"));
    assert.deepEqual([replies, received], [["150 Open.", "226 Complete."], undefined]);
    assert.equal(stored, "from the device");
  });

  it("waits for no data after a refusal", async () => {
    await player.play("PASV");
    assert.deepEqual(await player.play("RETR denied"), { replies: ["550 No."] });
  });

  it("rejects when there is no server", async () => {
    control.close();
    player.close();
    await once(control, "close");
    await assert.rejects(FtpPlayer.connect("127.0.0.1", 1), /ECONNREFUSED/);
  });

  it("shows the end of the connection, and a reply that does not come, as a line", async () => {
    const ends = await listen((socket) => void socket.end());
    const waits = await listen(() => undefined);
    try {
      const ended = await FtpPlayer.connect("127.0.0.1", portOf(ends));
      const late = await FtpPlayer.connect("127.0.0.1", portOf(waits), 100);
      assert.deepEqual([ended.greeting, late.greeting], ["(closed)", "(no reply)"]);
      for (const { player } of [ended, late]) player.close();
    } finally {
      ends.close();
      waits.close();
    }
  });
});
