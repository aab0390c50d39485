/** The clients that device makers try first, as they are installed; a missing one is skipped. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "basic-ftp";
import { testPassword, startEndpoint, testUser, type TestEndpoint } from "./support";

describe("real FTP clients", () => {
  const content = randomBytes(700_001);
  let endpoint: TestEndpoint;
  let desk: string;

  beforeEach(async () => {
    endpoint = await startEndpoint();
    desk = join(endpoint.folder, "desk");
    mkdirSync(join(desk, "fetched"), { recursive: true });
    writeFileSync(join(desk, "put.bin"), content);
  });

  afterEach(() => endpoint.stop());

  /** Runs a client in its own folder; gives what it printed. Rejects when it fails. */
  async function run(command: string, args: readonly string[], input = ""): Promise<string> {
    const child = spawn(command, args, {
      cwd: desk,
      env: { ...process.env, HOME: desk, LC_ALL: "C.UTF-8" },
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.stdin.end(input);
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 0, `${command} ended with ${String(code)}:\n${output}`);
    return output;
  }

  function commands(): string[] {
    return endpoint.events.flatMap((event) =>
      event.kind === "command" ? [event.line.split(" ")[0]] : [],
    );
  }

  function assertStored(name: string): void {
    assert.ok(readFileSync(join(endpoint.root, name)).equals(content), `${name} in the bucket`);
  }

  function assertFetched(name: string): void {
    assert.ok(readFileSync(join(desk, name)).equals(content), `${name} fetched`);
  }

  function needs(context: Mocha.Context, command: string): void {
    if (spawnSync(command, ["--version"]).error !== undefined) {
      context.test!.title += ` (${command} is not installed)`;
      context.skip();
    }
  }

  it("curl stores, lists and fetches", async function () {
    needs(this, "curl");
    const login = ["-sS", "--user", `${testUser}:${testPassword}`];
    const url = `ftp://127.0.0.1:${endpoint.port}`;
    await run("curl", [...login, "-T", "put.bin", `${url}/new/put%20it.bin`, "--ftp-create-dirs"]);
    assertStored("new/put it.bin");
    assert.match(await run("curl", [...login, `${url}/new/`]), /^-rw------- .* put it\.bin\r?$/m);
    await run("curl", [...login, "-o", "got.bin", `${url}/new/put%20it.bin`]);
    assertFetched("got.bin");
  });

  it("curl with PASV and ASCII: what it sends is stored as it comes", async function () {
    needs(this, "curl");
    writeFileSync(join(desk, "lines.txt"), "one\ntwo\n");
    const login = ["-sS", "--disable-epsv", "--use-ascii", "--user", `${testUser}:${testPassword}`];
    await run("curl", [...login, "-T", "lines.txt", `ftp://127.0.0.1:${endpoint.port}/`]);
    assert.equal(readFileSync(join(endpoint.root, "lines.txt"), "utf8"), "one\r\ntwo\r\n");
    assert.ok(commands().includes("PASV"));
  });

  /** Options of curl that need what the real service does not have, and the refused command. */
  const beyond: readonly [what: string, args: readonly string[], refused: RegExp][] = [
    ["append", ["--append", "-T", "put.bin"], /^APPE is not among the FTP commands/],
    ["resume an upload", ["-C", "300000", "-T", "put.bin"], /^APPE is not among the FTP commands/],
    ["resume a download", ["-C", "4", "-o", "got.bin"], /^REST is not among the FTP commands/],
    ["let the server dial (EPRT)", ["-P", "-", "-o", "got.bin"], /^EPRT is not among/],
    ["let the server dial (PORT)", ["-P", "-", "--disable-eprt", "-o", "got.bin"], /^PORT is not/],
  ];
  for (const [what, args, refused] of beyond) {
    it(`curl is refused to ${what}, and nothing changes`, async function () {
      needs(this, "curl");
      writeFileSync(join(endpoint.root, "put.bin"), "as it was");
      const login = ["-sS", "--user", `${testUser}:${testPassword}`];
      const url = `ftp://127.0.0.1:${endpoint.port}/put.bin`;
      await assert.rejects(run("curl", [...login, ...args, url]));
      const reasons = endpoint.events.flatMap((event) =>
        event.kind === "refused" ? [event.reason] : [],
      );
      assert.match(reasons[0], refused);
      assert.equal(readFileSync(join(endpoint.root, "put.bin"), "utf8"), "as it was");
    });
  }

  it("lftp stores, lists, renames and fetches", async function () {
    needs(this, "lftp");
    const script = [
      "put put.bin -o a.bin",
      "mv a.bin b.bin",
      "mkdir d",
      "cls -1",
      "get b.bin -o got.bin",
      "rmdir d",
      "bye",
    ];
    const output = await run(
      "lftp",
      ["-u", `${testUser},${testPassword}`, `127.0.0.1:${endpoint.port}`],
      script.join("\n"),
    );
    assertStored("b.bin");
    assertFetched("got.bin");
    assert.match(output, /^b\.bin\nd\/$/m);
  });

  it("tnftp holds the dialogue of a device, reply by reply", async function () {
    needs(this, "tnftp");
    const script = [
      "epsv4 off",
      `open 127.0.0.1 ${endpoint.port}`,
      `user ${testUser} "${testPassword}"`,
      "binary",
      "put put.bin hoge.log",
      "ls",
      "get hoge.log got.bin",
      "bye",
    ];
    const output = await run("tnftp", ["-p", "-n", "-v"], script.join("\n"));
    const passive = /^227 Entering Passive Mode \(127,0,0,1,\d+,\d+\)$/;
    const expected: (string | RegExp)[] = [
      "220 Service ready for new user.",
      `331 User name okay, need password for ${testUser}.`,
      "230 User logged in, proceed.",
      "200 Command TYPE okay.",
      passive,
      "150 File status okay; about to open data connection.",
      "226 Transfer complete.",
      passive,
      "150 File status okay; about to open data connection.",
      /^-rw------- {3}1 - - {7}700001 \w{3} [ \d]\d \d\d:\d\d hoge\.log$/,
      "226 Closing data connection.",
      passive,
      "150 File status okay; about to open data connection.",
      "226 Transfer complete.",
      "221 Goodbye.",
    ];
    const lines = output.split(/\r?\n/).filter((line) => /^(\d{3} |-rw)/.test(line));
    assert.equal(lines.length, expected.length, output);
    for (const [index, line] of lines.entries()) {
      const want = expected[index];
      assert.ok(typeof want === "string" ? line === want : want.test(line), `${line} for ${want}`);
    }
    assert.match(output, /^Remote system type is UNIX\.$/m);
    assertStored("hoge.log");
    assertFetched("got.bin");
  });

  it("wget fetches; its resume is refused and it starts again", async function () {
    needs(this, "wget");
    writeFileSync(join(endpoint.root, "a.bin"), content);
    const login = ["-q", `--user=${testUser}`, `--password=${testPassword}`];
    const url = `ftp://127.0.0.1:${endpoint.port}/a.bin`;
    await run("wget", [...login, "-O", "got.bin", url]);
    assertFetched("got.bin");
    writeFileSync(join(desk, "a.bin"), content.subarray(0, 1000));
    await run("wget", [...login, "-c", url]);
    assertFetched("a.bin");
    assert.ok(commands().includes("REST"));
  });

  const inetutils = (mode: readonly string[]): Promise<string> => {
    const script = [
      `open 127.0.0.1 ${endpoint.port}`,
      `user ${testUser} "${testPassword}"`,
      "binary",
      "put put.bin a.bin",
      "get a.bin got.bin",
      "bye",
    ];
    return run("inetutils-ftp", [...mode, "-n", "-v"], script.join("\n"));
  };

  it("inetutils-ftp -p stores and fetches", async function () {
    needs(this, "inetutils-ftp");
    await inetutils(["-p"]);
    assertStored("a.bin");
    assertFetched("got.bin");
  });

  it("inetutils-ftp in active mode, its default, is refused at PORT and stores nothing", async function () {
    needs(this, "inetutils-ftp");
    const output = await inetutils(["-A"]);
    assert.match(output, /502 Command (PORT|EPRT) not implemented/);
    assert.deepEqual(readdirSync(endpoint.root), []);
  });

  it("ncftpput and ncftpget store and fetch, despite refused commands", async function () {
    needs(this, "ncftpput");
    const login = ["-u", testUser, "-p", testPassword, "-P", String(endpoint.port)];
    await run("ncftpput", [...login, "-m", "127.0.0.1", "new", "put.bin"]);
    assertStored("new/put.bin");
    await run("ncftpget", [...login, "127.0.0.1", "fetched", "new/put.bin"]);
    assertFetched("fetched/put.bin");
  });

  it("Python's ftplib stores, lists and fetches", async function () {
    needs(this, "python3");
    const script = `
import ftplib
ftp = ftplib.FTP()
ftp.connect("127.0.0.1", ${endpoint.port})
ftp.login("${testUser}", "${testPassword}")
ftp.mkd("日本")
ftp.cwd("日本")
with open("put.bin", "rb") as file:
    print(ftp.storbinary("STOR a.bin", file))
print(ftp.nlst(), [name for name, facts in ftp.mlsd()], ftp.size("a.bin"))
with open("got.bin", "wb") as file:
    ftp.retrbinary("RETR a.bin", file.write)
try:
    ftp.rename("a.bin", "a.bin")
except ftplib.error_perm as error:
    print(error)
ftp.delete("a.bin")
print(ftp.quit())
`;
    const output = await run("python3", ["-"], script);
    assertFetched("got.bin");
    assert.deepEqual(output.trim().split("\n"), [
      "226 Transfer complete.",
      "['a.bin'] ['a.bin'] 700001",
      "553 Can't rename file.",
      "221 Goodbye.",
    ]);
  });

  it("rclone with --inplace syncs a tree of twelve files; its second run copies none", async function () {
    const rclone = process.env.RCLONE ?? "rclone";
    needs(this, rclone);
    if (!/--inplace/.test(await run(rclone, ["sync", "--help"]))) {
      this.test!.title += " (this rclone is older than 1.63)";
      this.skip();
    }
    const tree = join(desk, "tree");
    for (let number = 0; number < 12; number++) {
      const folder = join(tree, `day ${number % 3}`, "日本");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${number}.bin`), randomBytes(1000 * number));
    }
    const password = (await run(rclone, ["obscure", "-"], testPassword)).trim();
    const remote = `:ftp,host=127.0.0.1,port=${endpoint.port},user=${testUser},pass=${password}:backup`;
    const sync = async () => {
      endpoint.events.length = 0;
      await run(rclone, ["sync", "--inplace", "--size-only", "--config", "", tree, remote]);
      return commands().filter((command) => command === "STOR").length;
    };
    assert.equal(await sync(), 12);
    const stored = join(endpoint.root, "backup", "day 2", "日本", "11.bin");
    assert.equal(readFileSync(stored).length, 11_000);
    assert.equal(await sync(), 0);
    assert.ok(!commands().includes("RNFR"));
  });

  it("basic-ftp stores, lists and fetches", async () => {
    const client = new Client();
    await client.access({
      host: "127.0.0.1",
      port: endpoint.port,
      user: testUser,
      password: testPassword,
    });
    await client.ensureDir("/deep/er");
    await client.uploadFrom(join(desk, "put.bin"), "a.bin");
    assertStored("deep/er/a.bin");
    const [entry] = await client.list();
    assert.equal(entry.name, "a.bin");
    assert.equal(entry.size, content.length);
    await client.downloadTo(join(desk, "got.bin"), "a.bin");
    assertFetched("got.bin");
    await assert.rejects(client.appendFrom(join(desk, "put.bin"), "a.bin"), /502 Command APPE/);
    assertStored("deep/er/a.bin");
    await client.removeDir("/deep");
    assert.deepEqual(await client.list("/"), []);
    client.close();
  });
});
