import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { isInstalled, runClient } from "../../support/run-client";
import { startTwinProcess, TwinProcess } from "../../support/twin-process";

const user = "myuser";
const password = "MySuperSecretPassword";

describe("twin, with the clients people have", () => {
  let twin: TwinProcess;
  let folder: string;
  const address = () => `${twin.ready.ftp.host}:${twin.ready.ftp.port}`;
  /** Where a file of the user's is in the folder that stands for the bucket. */
  const stored = (name: string) => path.join(twin.ready.files, "users", user, name);
  const local = (name: string) => path.join(folder, name);

  function makeFile(name: string, bytes: number): Buffer {
    const content = randomBytes(bytes);
    fs.writeFileSync(local(name), content);
    return content;
  }

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-client-"));
    twin = await startTwinProcess(["--user", `${user}:${password}`]);
  });
  after(async () => {
    await twin.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("tnftp: the dialogue of SORACOM's walk-through, line for line", async function () {
    if (!isInstalled("tnftp")) this.skip();
    makeFile("hoge.log", 5503);
    const { host, port } = twin.ready.ftp;
    const script = `user ${user} ${password}\nepsv4\nbinary\nlcd ${folder}\nput hoge.log\nls\nquit\n`;
    const { output } = await runClient("tnftp", ["-p", "-n", "-v", host, String(port)], script);
    const replies = output.split("\n").filter((line) => /^(\d{3} |-rw|Remote system)/.test(line));
    const expected = [
      /^220 Service ready for new user\.$/,
      /^331 User name okay, need password for myuser\.$/,
      /^230 User logged in, proceed\.$/,
      /^Remote system type is UNIX\.$/,
      /^200 Command TYPE okay\.$/,
      /^227 Entering Passive Mode \(127,0,0,1,\d+,\d+\)$/,
      /^150 File status okay; about to open data connection\.$/,
      /^226 Transfer complete\.$/,
      /^227 Entering Passive Mode \(127,0,0,1,\d+,\d+\)$/,
      /^150 File status okay; about to open data connection\.$/,
      /^-rw-------   1 - -         5503 [A-Z][a-z]{2} [ \d]\d \d\d:\d\d hoge\.log$/,
      /^226 Closing data connection\.$/,
      /^221 Goodbye\.$/,
    ];
    const seen = replies.map((line) => line.trimEnd());
    assert.equal(seen.length, expected.length, output);
    expected.forEach((pattern, index) => assert.match(seen[index], pattern));
  });

  it("curl: puts and gets the same bytes, and the file is in the bucket's folder", async function () {
    if (!isInstalled("curl")) this.skip();
    const content = makeFile("curl.bin", 300_000);
    const login = ["-sS", "--user", `${user}:${password}`];
    const url = `ftp://${address()}/curl.bin`;
    const put = await runClient("curl", [...login, "-T", local("curl.bin"), url]);
    assert.equal(put.code, 0, put.output);
    assert.deepEqual(fs.readFileSync(stored("curl.bin")), content);
    const get = await runClient("curl", [...login, "-o", local("back.bin"), url]);
    assert.equal(get.code, 0, get.output);
    assert.deepEqual(fs.readFileSync(local("back.bin")), content);
  });

  it("lftp: mirrors a folder there and back", async function () {
    if (!isInstalled("lftp")) this.skip();
    fs.mkdirSync(local("tree/deep"), { recursive: true });
    const content = makeFile("tree/deep/a b.bin", 50_000);
    const script = `open -u ${user},${password} ftp://${address()}; set net:max-retries 1; mirror -R ${local("tree")} tree; mirror tree ${local("copy")}; bye`;
    const { code, output } = await runClient("lftp", ["-c", script]);
    assert.equal(code, 0, output);
    assert.deepEqual(fs.readFileSync(stored("tree/deep/a b.bin")), content);
    assert.deepEqual(fs.readFileSync(local("copy/deep/a b.bin")), content);
  });

  it("python ftplib: stores, sizes, reads, renames, deletes", async function () {
    if (!isInstalled("python3")) this.skip();
    makeFile("py.bin", 70_000);
    const { host, port } = twin.ready.ftp;
    const script = `
import ftplib, sys
f = ftplib.FTP()
f.connect(${JSON.stringify(host)}, ${port}, timeout=10)
f.login(${JSON.stringify(user)}, ${JSON.stringify(password)})
data = open(${JSON.stringify(local("py.bin"))}, "rb").read()
f.storbinary("STOR py.bin", open(${JSON.stringify(local("py.bin"))}, "rb"))
assert f.size("py.bin") == len(data)
back = bytearray()
f.retrbinary("RETR py.bin", back.extend)
assert bytes(back) == data
f.rename("py.bin", "renamed.bin")
f.mkd("folder"); f.cwd("folder"); assert f.pwd() == "/folder"; f.cwd(".."); f.rmd("folder")
assert "renamed.bin" in f.nlst()
f.delete("renamed.bin")
assert "renamed.bin" not in f.nlst()
f.quit()
print("fine")
`;
    const { output } = await runClient("python3", ["-c", script]);
    assert.equal(output.trim(), "fine");
  });

  it("refuses a wrong password, an unknown user and an empty password alike", async function () {
    if (!isInstalled("curl")) this.skip();
    for (const login of [`${user}:wrong`, `nobody:${password}`, `${user}:`]) {
      const { code, output } = await runClient("curl", [
        "-sSv",
        "--user",
        login,
        `ftp://${address()}/`,
      ]);
      assert.equal(code, 67, output);
      assert.match(output, /< 530 Authentication failed\./);
    }
  });

  it("prints no password with its ready line", () => {
    assert.equal(twin.stdout().trim().split("\n").length, 1);
    assert.ok(!twin.stderr().includes(password));
    const logs = path.join(twin.data, "logs");
    const entries = fs.readdirSync(logs, { recursive: true, withFileTypes: true });
    for (const { parentPath, name: file } of entries.filter((entry) => entry.isFile())) {
      const text = fs.readFileSync(path.join(parentPath, file), "utf8");
      assert.ok(text.length > 0 && !text.includes(password) && !text.includes("$scrypt$"), file);
    }
  });
});
