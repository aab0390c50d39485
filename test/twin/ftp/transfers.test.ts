import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { FtpEvent } from "../../../twin/ftp/events";
import { FileRefusal, type Home, type RefusalCode, type Upload } from "../../../twin/ftp/service";
import { dial, needsSecondAddress, RawClient, readAll } from "./raw-client";
import { eventually, startEndpoint, type TestEndpoint, type TestSetting } from "./support";

const opening = "150 File status okay; about to open data connection.";
const complete = "226 Transfer complete.";
const noData = "425 Can't open data connection.";

describe("FTP transfers", () => {
  let endpoint: TestEndpoint;
  let client: RawClient;

  async function begin(setting?: TestSetting): Promise<void> {
    endpoint = await startEndpoint(setting);
    client = await RawClient.login(endpoint.port);
  }

  function transfers(): Extract<FtpEvent, { kind: "transfer" }>[] {
    return endpoint.events.filter((event) => event.kind === "transfer");
  }

  function stored(name: string): Buffer {
    return readFileSync(join(endpoint.root, name));
  }

  function partials(): string[] {
    return readdirSync(join(endpoint.folder, "partial"));
  }

  afterEach(async () => {
    client.close();
    await endpoint.stop();
  });

  describe("of whole files", () => {
    beforeEach(() => begin());

    it("STOR and RETR keep every byte, in both types", async () => {
      const bytes = Buffer.concat([Buffer.from("a\r\nb\nc\rd\r\n\r\n"), randomBytes(3_000_000)]);
      for (const type of ["I", "A"]) {
        await client.send(`TYPE ${type}`);
        assert.equal(await client.put("STOR file.bin", bytes), complete);
        assert.ok(stored("file.bin").equals(bytes));
        const got = await client.get("RETR file.bin");
        assert.equal(got.reply, complete);
        assert.ok(got.bytes.equals(bytes));
      }
    });

    it("STOR replaces a file, also by a shorter and by an empty one", async () => {
      for (const content of ["long content", "short", ""]) {
        assert.equal(await client.put("STOR file.txt", content), complete);
        assert.equal(stored("file.txt").toString(), content);
        assert.equal((await client.get("RETR file.txt")).bytes.toString(), content);
      }
    });

    it("reports to the observer who moved what", async () => {
      await client.send("MKD sub");
      await client.send("CWD sub");
      await client.put("STOR a.bin", "12345");
      await client.get("RETR a.bin");
      assert.deepEqual(
        transfers().map(({ user, direction, path, bytes, outcome }) => [
          user,
          direction,
          path,
          bytes,
          outcome,
        ]),
        [
          ["camera01", "upload", "/sub/a.bin", 5, "completed"],
          ["camera01", "download", "/sub/a.bin", 5, "completed"],
        ],
      );
    });

    it("STOR onto a folder or below a missing one is refused after the client has dialled", async () => {
      await client.send("MKD sub");
      for (const path of ["/sub", "/nowhere/x", "/"]) {
        const data = await client.openData();
        const ended = readAll(data);
        assert.equal(await client.send(`STOR ${path}`), opening);
        assert.equal(await client.reply(), `551 ${path}: Error on output file.`);
        await ended;
      }
    });

    it("names of all kinds are returned as sent", async () => {
      for (const name of ["a b;c#d%20&e", "日本語 😀.txt", "-rf", 'quo"te', "[x]*?", "~a"]) {
        assert.equal(await client.put(`STOR ${name}`, name), complete, name);
        assert.equal((await client.get(`RETR ${name}`)).bytes.toString(), name);
        assert.ok((await client.get("NLST")).bytes.toString().includes(`${name}\r\n`), name);
      }
    });

    it("STOU finds a free name and replies with it", async () => {
      const put = async (command: string): Promise<string> => {
        const data = await client.openData();
        const opening = await client.send(command);
        data.end("x");
        const path = /^150 FILE: (.*)$/.exec(opening)?.[1] ?? opening;
        assert.equal(await client.reply(), `226 ${path}: Transfer complete.`);
        assert.equal(stored(path).toString(), "x");
        return path;
      };
      await client.send("MKD sub");
      assert.equal(await put("STOU"), "/ftp.dat");
      assert.match(await put("STOU"), /^\/ftp\.dat\.\d{13}$/);
      assert.equal(await put("STOU mine"), "/mine");
      assert.match(await put("STOU mine"), /^\/mine\.\d{13}$/);
      assert.equal(await put("STOU sub"), "/sub/ftp.dat");
    });

    it("STOU gives concurrent sessions different names", async () => {
      const clients = await Promise.all(
        Array.from({ length: 9 }, () => RawClient.login(endpoint.port)),
      );
      const sockets = await Promise.all(clients.map((each) => each.openData()));
      const openings = await Promise.all(clients.map((each) => each.send("STOU")));
      const paths = openings.map((opening) => /^150 FILE: (.*)$/.exec(opening)?.[1] ?? opening);
      assert.equal(new Set(paths).size, 9, paths.join());
      sockets.forEach((socket, index) => socket.end(`of ${index}`));
      await Promise.all(clients.map((each) => each.reply()));
      for (const [index, path] of paths.entries()) {
        assert.equal(stored(path).toString(), `of ${index}`);
      }
      clients.forEach((each) => each.close());
    });
  });

  describe("of listings", () => {
    beforeEach(async () => {
      await begin();
      mkdirSync(join(endpoint.root, "z-folder"));
      mkdirSync(join(endpoint.root, "z-folder", "inner"));
      for (const name of ["b.txt", "Z.bin", "a.txt", ".hidden"]) {
        writeFileSync(join(endpoint.root, name), "123");
      }
    });

    async function lines(command: string): Promise<string[]> {
      const { bytes, reply } = await client.get(command);
      assert.equal(reply, "226 Closing data connection.");
      const text = bytes.toString();
      assert.ok(text === "" || text.endsWith("\r\n"));
      return text.split("\r\n").slice(0, -1);
    }

    it("NLST gives folders first, then files, each in code-unit order", async () => {
      assert.deepEqual(await lines("NLST"), ["z-folder", "Z.bin", "a.txt", "b.txt"]);
    });

    it("LIST, its options and patterns", async () => {
      const names = async (argument: string): Promise<string[]> =>
        (await lines(`LIST ${argument}`)).map((line) => line.slice(line.lastIndexOf(" ") + 1));
      assert.match(
        (await lines("LIST"))[0],
        /^drwx------ {3}3 - - {12}0 \w{3} [ \d]\d \d\d:\d\d z-folder$/,
      );
      assert.match(
        (await lines("LIST"))[1],
        /^-rw------- {3}1 - - {12}3 \w{3} [ \d]\d \d\d:\d\d Z\.bin$/,
      );
      assert.deepEqual(await names("-la"), ["z-folder", ".hidden", "Z.bin", "a.txt", "b.txt"]);
      assert.deepEqual(await names("*.txt"), ["a.txt", "b.txt"]);
      assert.deepEqual(await names("*.nothing"), []);
      assert.deepEqual(await names("a.txt"), ["a.txt"]);
      assert.deepEqual(await names("z-folder"), ["inner"]);
    });

    it("NLST and MLSD of what is not there are empty, not refused", async () => {
      assert.deepEqual(await lines("NLST missing"), []);
      assert.deepEqual(await lines("MLSD missing"), []);
    });

    it("NLST -l gives LIST's lines", async () => {
      assert.deepEqual(await lines("NLST -l"), await lines("LIST"));
    });

    it("MLSD gives the facts", async () => {
      const [folder, file] = await lines("MLSD");
      assert.match(folder, /^Size=0;Modify=\d{14}\.\d{3};Type=dir; z-folder$/);
      assert.match(file, /^Size=3;Modify=\d{14}\.\d{3};Type=file; Z\.bin$/);
    });

    it("a listing that fails half-way is reported", async () => {
      client.close();
      await endpoint.stop();
      await begin({
        wrap: (home) =>
          Object.assign(home, {
            list: async function* () {
              throw new FileRefusal("denied", "no s3:ListBucket");
            },
          }),
      });
      assert.equal((await client.get("LIST")).reply, "551 File listing failed.");
    });
  });

  describe("when the data connection is not as it should be", () => {
    it("a used passive port cannot be used again", async () => {
      await begin();
      await client.get("NLST");
      assert.equal(await client.send("STOR x"), opening);
      assert.equal(await client.reply(), noData);
    });

    it("a failed data command gives the port back", async () => {
      await begin({ ports: 1 });
      for (const command of ["STOR", "RETR missing", "LIST missing"]) {
        assert.match(await client.send("PASV"), /^227/);
        assert.match(await client.send(command), /^[45]/);
      }
      assert.match(await client.send("PASV"), /^227/);
    });

    it("the client after the last port is refused immediately, and is served later", async () => {
      await begin({ ports: 1 });
      const other = await RawClient.login(endpoint.port);
      assert.match(await other.send("EPSV"), /^229/);
      assert.equal(await client.send("PASV"), "425 Can't open passive connection.");
      assert.equal(await client.send("EPSV"), "425 Can't open passive connection.");
      await other.send("ABOR");
      assert.match(await client.send("PASV"), /^227/);
      other.close();
    });

    it("in the generous mode it waits, and loses its place when it disconnects", async () => {
      await begin({ ports: 1, generousPassivePorts: true });
      const [holder, leaver] = [
        await RawClient.login(endpoint.port),
        await RawClient.login(endpoint.port),
      ];
      await holder.send("PASV");
      leaver.write("PASV\r\n");
      await new Promise((resolve) => setTimeout(resolve, 20));
      client.write("PASV\r\n");
      assert.equal(await client.replyWithin(30), undefined);
      leaver.close();
      assert.equal(await client.replyWithin(30), undefined);
      holder.close();
      assert.match(await client.reply(), /^227/);
    });

    it("PASV again takes another port and gives the first back", async () => {
      await begin({ ports: 2 });
      for (let count = 0; count < 5; count++) {
        assert.match(await client.send("PASV"), /^227/);
      }
    });

    it("a client that never connects receives 425 after the data time-out and can continue", async () => {
      await begin({ timeouts: { dataMs: 50 } });
      await client.send("PASV");
      client.write("STOR x\r\nNOOP\r\n");
      assert.equal(await client.reply(), opening);
      assert.equal(await client.reply(), noData);
      assert.equal(await client.reply(), "200 Command NOOP okay.");
      assert.deepEqual(partials(), []);
      assert.deepEqual(readdirSync(join(endpoint.folder, "staging")), []);
    });

    it("a file that was opened for nothing is closed", async () => {
      const closed: string[] = [];
      await begin({
        timeouts: { dataMs: 30 },
        wrap: (home) => {
          const read = home.read.bind(home);
          return Object.assign(home, {
            read: async (path: string) => {
              const download = await read(path);
              const close = async (): Promise<void> => {
                closed.push(path);
                await download.close();
              };
              return { ...download, close };
            },
          });
        },
      });
      writeFileSync(join(endpoint.root, "a"), "x");
      assert.match(await client.send("RETR a"), /^503/);
      await client.send("PASV");
      await client.send("RETR a");
      assert.equal(await client.reply(), noData);
      assert.deepEqual(closed, ["/a", "/a"]);
    });

    it("a stranger's data connection is refused, and the client's own still served", async function () {
      await begin();
      needsSecondAddress(this);
      const port = await client.pasv();
      client.write("STOR mine\r\n");
      assert.equal(await client.reply(), opening);
      const stranger = await dial(port, "127.0.0.2");
      stranger.write("not mine");
      await readAll(stranger);
      (await dial(port)).end("mine");
      assert.equal(await client.reply(), complete);
      assert.equal(stored("mine").toString(), "mine");
      assert.ok(
        endpoint.events.some(
          (event) => event.kind === "refused" && event.reason.includes("127.0.0.2"),
        ),
      );
    });

    it("a connection that the network does not admit stays unanswered and is reported, and the wait continues", async () => {
      let control = 0;
      await begin({
        timeouts: { dataMs: 100 },
        service: {
          admits: (port) => {
            control ||= port;
            return port === control
              ? { allowed: true }
              : { allowed: false, reason: "no rule for passive ports" };
          },
        },
      });
      const port = await client.pasv();
      const silent = await dial(port);
      assert.equal(await client.send("NLST"), opening);
      assert.equal(await client.reply(), noData);
      assert.ok(!silent.destroyed);
      const [event] = endpoint.events.filter(({ kind }) => kind === "unreachable");
      assert.deepEqual(event, { kind: "unreachable", port, reason: "no rule for passive ports" });
    });
  });

  describe("that are cut", () => {
    it("a reset upload is kept aside; the older file stays", async () => {
      await begin();
      await client.put("STOR a.bin", "old");
      const data = await client.openData();
      await client.send("STOR a.bin");
      data.write(Buffer.alloc(100_000));
      await new Promise((resolve) => setTimeout(resolve, 50));
      data.resetAndDestroy();
      assert.equal(await client.reply(), "426 Data connection error.");
      assert.equal(stored("a.bin").toString(), "old");
      assert.equal(partials().length, 1);
      assert.match(partials()[0], /^a\.bin\.\d{8}T\d{6}\.\d{3}Z$/);
      assert.equal(transfers()[1].outcome, "partial");
      assert.equal(await client.send("NOOP"), "200 Command NOOP okay.");
    });

    it("FIN in mid-upload is taken for the end of the file", async () => {
      await begin();
      const data = await client.openData();
      await client.send("STOR a.bin");
      data.end("as far as it came");
      assert.equal(await client.reply(), complete);
      assert.equal(stored("a.bin").toString(), "as far as it came");
    });

    it("an upload that stalls is given up after the data time-out and kept aside", async () => {
      await begin({ timeouts: { dataMs: 60 } });
      const data = await client.openData();
      await client.send("STOR a.bin");
      data.write("some");
      assert.equal(await client.reply(), "551 /a.bin: Error on output file.");
      assert.ok(!existsSync(join(endpoint.root, "a.bin")));
      assert.equal(partials().length, 1);
      assert.equal(
        readFileSync(join(endpoint.folder, "partial", partials()[0])).toString(),
        "some",
      );
    });

    it("an upload continues when the control connection is lost", async () => {
      for (const lose of ["destroy", "resetAndDestroy"] as const) {
        await begin();
        const data = await client.openData();
        await client.send("STOR a.bin");
        data.write("first ");
        await new Promise((resolve) => setTimeout(resolve, 20));
        client.socket[lose]();
        await new Promise((resolve) => setTimeout(resolve, 20));
        data.end("second");
        await eventually("the upload", () => existsSync(join(endpoint.root, "a.bin")));
        assert.equal(stored("a.bin").toString(), "first second");
        if (lose === "destroy") {
          await endpoint.stop();
        }
      }
    });

    it("a client that drops a download receives 426, and the file is closed", async () => {
      await begin();
      writeFileSync(join(endpoint.root, "big"), Buffer.alloc(30_000_000));
      const data = await client.openData();
      await client.send("RETR big");
      await new Promise((resolve) => setTimeout(resolve, 30));
      data.destroy();
      assert.equal(await client.reply(), "426 Data connection error.");
      assert.equal(transfers()[0].outcome, "partial");
    });

    it("a download waits a limited time for a client that does not read", async () => {
      await begin({ timeouts: { dataMs: 400 } });
      const bytes = randomBytes(20_000_000);
      writeFileSync(join(endpoint.root, "big"), bytes);
      const slow = await client.openData();
      await client.send("RETR big");
      assert.equal(await client.replyWithin(120), undefined);
      assert.ok((await readAll(slow)).equals(bytes));
      client.close();
      client = await RawClient.login(endpoint.port);
      const stuck = await client.openData();
      await client.send("RETR big");
      assert.equal(await client.reply(), "426 Data connection error.");
      assert.equal(transfers()[1].outcome, "partial");
      assert.ok(transfers()[1].milliseconds >= 400);
      stuck.destroy();
    });

    it("ABOR in mid-upload is answered after the transfer", async () => {
      await begin();
      const data = await client.openData();
      await client.send("STOR a.bin");
      data.write("some");
      client.write("ABOR\r\n");
      assert.equal(await client.replyWithin(50), undefined);
      data.end();
      assert.equal(await client.reply(), complete);
      assert.equal(await client.reply(), "226 ABOR command successful.");
    });

    it("closing the endpoint ends a transfer and keeps the received bytes", async () => {
      await begin();
      const data = await client.openData();
      await client.send("STOR a.bin");
      data.write("some");
      await new Promise((resolve) => setTimeout(resolve, 50));
      await endpoint.endpoint.close();
      assert.equal(partials().length, 1);
      assert.equal(transfers()[0].outcome, "partial");
    });
  });

  describe("that the store refuses", () => {
    /** A home in which one method rejects with a refusal. */
    function refusing(method: keyof Home, code: RefusalCode): TestSetting {
      const reject = () => Promise.reject(new FileRefusal(code, `${method}: ${code}`));
      return { wrap: (home) => Object.assign(home, { [method]: reject }) };
    }

    const denials: [method: keyof Home, command: string, reply: string][] = [
      ["write", "STOR x", "550 /x: Permission denied."],
      ["write", "STOU x", "550 Permission denied."],
      ["read", "RETR x", "550 /x: Permission denied."],
      ["remove", "DELE x", "450 No permission to delete /x."],
      ["makeDirectory", "MKD x", "550 No permission to create /x."],
      ["removeDirectory", "RMD x", "550 No permission to remove /x."],
      ["stat", "CWD x", "550 No such directory."],
      ["stat", "LIST x", "450 Non-existing file"],
      ["stat", "STOU x", "550 Unique file name error."],
    ];
    for (const [method, command, reply] of denials) {
      it(`${command}, denied: ${reply}`, async () => {
        await begin(refusing(method, "denied"));
        await client.send("PASV");
        assert.equal(await client.send(command), reply);
        assert.deepEqual(
          endpoint.events.flatMap((event) => (event.kind === "refused" ? [event.reason] : [])),
          [`${method}: denied`],
        );
      });
    }

    it("RNTO, denied", async () => {
      await begin(refusing("rename", "denied"));
      await client.send("RNFR x");
      assert.equal(await client.send("RNTO y"), "553 No permission to rename.");
    });

    /** A home whose uploads have some methods replaced, given the real upload. */
    function withUploads(replace: (upload: Upload) => Partial<Upload>): TestSetting {
      return {
        wrap: (home) => {
          const write = home.write.bind(home);
          return Object.assign(home, {
            write: async (path: string) => {
              const upload = await write(path);
              return {
                write: (chunks) => upload.write(chunks),
                commit: () => upload.commit(),
                keepPartial: () => upload.keepPartial(),
                ...replace(upload),
              } satisfies Upload;
            },
          });
        },
      };
    }

    it("a failed commit is reported, not hidden behind a 226", async () => {
      await begin(
        withUploads((upload) => ({
          commit: async () => {
            await upload.keepPartial();
            throw new Error("no space");
          },
        })),
      );
      assert.equal(await client.put("STOR x", "x"), "551 /x: Error on output file.");
      assert.equal(transfers()[0].outcome, "failed");
    });

    it("a failed write ends the upload", async () => {
      await begin(withUploads(() => ({ write: () => Promise.reject(new Error("no space")) })));
      const data = await client.openData();
      const ended = readAll(data);
      await client.send("STOR x");
      data.write("x");
      assert.equal(await client.reply(), "551 /x: Error on output file.");
      await ended;
      assert.equal(transfers()[0].outcome, "failed");
    });

    it("226 waits for the commit", async () => {
      let commit = (): void => undefined;
      const committed = new Promise<void>((resolve) => (commit = resolve));
      await begin(
        withUploads((upload) => ({ commit: () => committed.then(() => upload.commit()) })),
      );
      const data = await client.openData();
      await client.send("STOR x");
      data.end("x");
      assert.equal(await client.replyWithin(50), undefined);
      commit();
      assert.equal(await client.reply(), complete);
    });

    it("a file that breaks off while it is read is reported", async () => {
      await begin({
        wrap: (home) =>
          Object.assign(home, {
            read: async () => ({
              size: 10,
              stream: Readable.from(
                (async function* () {
                  yield Buffer.from("12345");
                  throw new Error("bad sector");
                })(),
              ),
            }),
          }),
      });
      assert.equal((await client.get("RETR x")).reply, "551 /x: Error on input file.");
    });

    it("a slow disk makes the client wait and loses nothing", async () => {
      let most = 0;
      await begin({
        timeouts: { dataMs: 200 },
        ...withUploads((upload) => ({
          write: async (chunk) => {
            most = Math.max(most, chunk.length);
            await new Promise((resolve) => setTimeout(resolve, 300));
            await upload.write(chunk);
          },
        })),
      });
      const bytes = randomBytes(4_000_000);
      assert.equal(await client.put("STOR x", bytes), complete);
      assert.ok(stored("x").equals(bytes));
      assert.ok(most <= 1024 * 1024, `${most} bytes at a time`);
    });
  });
});
