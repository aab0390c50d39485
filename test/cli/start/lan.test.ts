import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { root } from "../../support/golden";
import { isInstalled } from "../../support/run-client";

/**
 * A twin at 10.77.0.1 in a network namespace, and a device at 10.77.0.2 in another one that a link connects with it.
 * Nothing of the machine's own network is used.
 */
const script = `
ip link set lo up
unshare -n sleep 300 & device=$!
sleep 0.5
ip link add twin0 type veth peer name device0
ip link set device0 netns $device
ip addr add 10.77.0.1/24 dev twin0 && ip link set twin0 up
nsenter -t $device -n sh -c "ip addr add 10.77.0.2/24 dev device0 && ip link set device0 up"
"$NODE" cli/canal-ftp.cjs start --host 10.77.0.1 --port 2121 --data "$DATA" $OPTIONS > "$DATA.log" 2>&1 & twin=$!
for i in $(seq 100); do grep -q "ftp -p" "$DATA.log" && break; kill -0 $twin || break; sleep 0.3; done
password=$(sed -n 's/.*user myuser, password //p' "$DATA.log")
nsenter -t $device -n curl -sS -m 20 -T package.json "ftp://10.77.0.1:2121/" --user "myuser:$password"
echo "curl $?"
kill $twin; wait $twin; echo "twin $?"
kill $device
cat "$DATA.log"
`;

describe("canal-ftp start --lan", function () {
  let data: string;
  beforeEach(() => (data = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"))));
  afterEach(() => {
    fs.rmSync(data, { recursive: true, force: true });
    fs.rmSync(`${data}.log`, { force: true });
  });

  function fromDevice(context: Mocha.Context, options: string): string {
    const isPossible =
      ["unshare", "ip", "nsenter", "curl"].every(isInstalled) &&
      spawnSync("unshare", ["-n", "ip", "link", "add", "a0", "type", "veth"]).status === 0;
    if (!isPossible) {
      context.test!.title += " (needs the right to make network namespaces, ip and curl)";
      context.skip();
    }
    const env = { ...process.env, NODE: process.execPath, DATA: data, OPTIONS: options };
    const { stdout } = spawnSync("unshare", ["-n", "sh", "-c", script], {
      ...{ cwd: root, env, encoding: "utf8", timeout: 100_000 },
    });
    return stdout;
  }

  it("takes an upload from another machine, with a longer generated password and a warning", function () {
    const output = fromDevice(this as never, "--lan");
    assert.match(output, /curl 0\n/, output);
    assert.match(output, /Plain FTP at 10\.77\.0\.1: names, passwords and files cross the network/);
    assert.match(output, /user myuser, password [A-Za-z0-9]{24}\n/);
    assert.match(output, /connected from 10\.77\.0\.2, seen as 100\.64\.0\.10/);
    assert.match(output, /upload completed/);
    assert.match(output, /twin 0\n/);
  });

  it("refuses a machine that --allow does not name", function () {
    const output = fromDevice(this as never, "--lan --allow 10.99.0.0/16");
    assert.match(output, /curl (?!0\n)\d+\n/, output);
    assert.match(output, /10\.77\.0\.2 is not among the addresses of --allow/);
    assert.doesNotMatch(output, /upload completed/);
  });

  it("does not start at such an address without --lan", function () {
    const output = fromDevice(this as never, "");
    assert.match(output, /twin 2\n/, output);
    assert.match(output, /10\.77\.0\.1 is not a loopback address .* add --lan/);
  });
});
