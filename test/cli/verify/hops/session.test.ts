import assert from "node:assert/strict";
import * as net from "node:net";

import { sessionHop } from "../../../../cli/verify/hops/session";
import type { Subject } from "../../../../cli/verify/subject";

describe("sessionHop", () => {
  const check = async (subject: object) => {
    const outputs = { privateIps: ["10.0.0.5"] };
    const [finding] = await sessionHop.check({ outputs, ...subject } as unknown as Subject);
    return finding;
  };
  const user = { name: "verify-1", password: "k3Jd82hsQp0xYtz" };

  it("is a note for a deployed stack, and without a user", async () => {
    const deployed = await check({ user });
    assert.deepEqual(
      [deployed.state, deployed.found],
      ["note", "only a device can connect: ftp -p 10.0.0.5"],
    );
    const running = { ftp: { host: "127.0.0.1", port: 9 } };
    assert.equal((await check({ running })).state, "note");
  });

  it("fails with the reply of the server, or without a connection", async () => {
    const server = net.createServer((socket) => {
      socket.write("220 ready\r\n");
      socket.on("data", () => socket.write("530 Login incorrect.\r\n"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as net.AddressInfo;
    const running = { ftp: { host: "127.0.0.1", port } };
    const refused = await check({ running, user });
    assert.deepEqual(
      [refused.state, refused.found],
      ["failed", "USER: reply 530 Login incorrect."],
    );
    await new Promise((resolve) => server.close(resolve));
    const unreachable = await check({ running, user });
    assert.match(unreachable.found, /^no connection to 127\.0\.0\.1:\d+: ECONNREFUSED$/);
    assert.match(unreachable.remedy ?? "", /output of npm start/);
  });
});
