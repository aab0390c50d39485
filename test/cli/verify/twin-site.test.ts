import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { parseFault } from "../../../twin/faults/fault-setting";
import { runCli } from "../../support/cli-context";
import type { Change } from "../../support/program-copy";
import { evaluateStack, root } from "../../support/golden";
import { exportOf, written } from "../../twin/source/support";
import { until } from "../../support/until";
import { runIt, withTwin } from "./support";

const hopNames = [
  ...["SIMs", "SIM group", "VPG", "peering", "routes", "security group", "server"],
  ...["identity provider", "login", "file role", "bucket", "FTP session", "alarms"],
];

/** A defect of the site, the hop that it breaks, and the remedy. */
interface Broken {
  readonly what: string;
  /** A change of the program, … */
  readonly change?: Change;
  /** Configuration that the change needs to have an effect. */
  readonly config?: string;
  /** … or a fault of the running site. */
  readonly fault?: string;
  readonly hop: string;
  readonly remedy: RegExp;
}

const defects: readonly Broken[] = [
  {
    what: "a group on another VPG",
    change: ["components/sim-group.ts", "      vpgId,\n", '      vpgId: "vpg-of-others",\n'],
    hop: "SIM group",
    remedy: /was changed outside Pulumi.*Change it back in SORACOM's console/,
  },
  {
    what: "a VPG that is not running",
    fault: "vpg-failed",
    hop: "VPG",
    remedy: /VPG \S+ is not running/,
  },
  {
    what: "a peering that was not accepted",
    // The program itself waits for the acceptance.
    change: [
      "components/canal.ts",
      /autoAccept: true([^]*)untilActive\(id, child\)/,
      "autoAccept: false$1id",
    ],
    hop: "peering",
    remedy: /The peering was not accepted.* Accept it: pulumi up -s dev --refresh/,
  },
  {
    what: "a peering that was deleted",
    fault: "peering-deleted",
    hop: "peering",
    remedy: /The peering has ended on the AWS side\. pulumi up -s dev detects that/,
  },
  {
    what: "a route that is missing",
    change: [
      "components/canal.ts",
      "args.routeTableIds.forEach(",
      "args.routeTableIds.slice(1).forEach(",
    ],
    hop: "routes",
    remedy: /A route is missing or has another target/,
  },
  {
    what: "no rule for the control port",
    change: ["components/endpoint-network.ts", /    allow\("control".*\n/, ""],
    hop: "security group",
    remedy: /No rule of sg-\w+ allows TCP port 21 from 100\.64\.0\.0\/16/,
  },
  {
    what: "no rule for the passive ports",
    change: ["components/endpoint-network.ts", /    allow\("passive".*\n/, ""],
    hop: "security group",
    remedy: /No rule of sg-\w+ allows TCP ports 8192-8200 from/,
  },
  {
    what: "a server that is stopped",
    fault: "server-stopped",
    hop: "server",
    remedy: /Start it in the Transfer Family console: server s-\w{17}/,
  },
  {
    what: "an invocation role that trusts others",
    change: ["components/identity-api.ts", '"server/*"', '"user/*"'],
    hop: "identity provider",
    remedy:
      /Transfer Family cannot assume canal-ftp-dev-identity-\S+, so it cannot call the identity/,
  },
  {
    what: "an invocation role that may not call the API",
    change: [
      "components/internal/policies.ts",
      '"execute-api:Invoke"',
      '"execute-api:ManageConnections"',
    ],
    hop: "identity provider",
    remedy: /may not call the identity provider's API/,
  },
  {
    what: "a function that the API may not call",
    change: [
      "components/identity-api.ts",
      'principal: "apigateway.amazonaws.com"',
      'principal: "events.amazonaws.com"',
    ],
    hop: "login",
    remedy: /its permission for apigateway\.amazonaws\.com/,
  },
  {
    what: "a function that may not read the users",
    change: ["components/internal/policies.ts", '"dynamodb:BatchGetItem", ', ""],
    hop: "login",
    remedy: /the function failed, and the log states why: usually a table or secret/,
  },
  {
    what: "a function that does not know the server",
    change: ["components/ftp-server.ts", /\n *if \(identity\.userTable[^;]*;/, ""],
    hop: "login",
    remedy: /refused a user that is in canal-ftp-dev-identity-users-\w+\. Its log states why/,
  },
  {
    what: "a function with the name of a table that does not exist",
    change: [
      "components/identity-function.ts",
      "TABLE_NAME: table.name,",
      'TABLE_NAME: "users-of-others",',
    ],
    hop: "login",
    remedy: /the function failed, and the log states why: usually a table or secret/,
  },
  {
    what: "a function that may not read the users' secrets",
    config: "userStore: secretsmanager",
    change: [
      "components/internal/policies.ts",
      '"secretsmanager:GetSecretValue"',
      '"secretsmanager:List"',
    ],
    hop: "login",
    remedy: /the function failed, and the log states why: usually a table or secret/,
  },
  {
    what: "a session policy that denies access to the files",
    change: ["lambdas/identity-provider/session-policy.ts", '"s3:PutObject"', '"s3:PutObjectAcl"'],
    hop: "file role",
    remedy: /Users log in, and write fails with 550/,
  },
  {
    what: "a file role that trusts others",
    change: ["components/file-store.ts", '"user/*"', '"server/*"'],
    hop: "file role",
    remedy: /Transfer Family cannot assume canal-ftp-dev-files-role-\w+, so users log in/,
  },
  {
    what: "a file role that may not write",
    change: ["components/internal/policies.ts", '["s3:PutObject", ', "["],
    hop: "file role",
    remedy: /Users log in, and write fails with 550/,
  },
  {
    what: "a bucket without its block of public policies",
    change: [
      "components/internal/private-bucket.ts",
      "blockPublicPolicy: true",
      "blockPublicPolicy: false",
    ],
    hop: "bucket",
    remedy: /public access block was removed/,
  },
];

/** A line of the stack's file, such as `userStore: secretsmanager`. */
const configured = (line: string): Change => [
  "Pulumi.dev.yaml",
  "config:\n",
  `config:\n  canal-ftp:${line}\n`,
];

describe("canal-ftp verify --twin", function () {
  this.timeout(120_000);

  it("finds every hop intact, prints a table or JSON, and removes its user", async () => {
    await withTwin({}, async ({ data }) => {
      const { code, stdout, document } = await runIt(["--twin", "--data", data, "--json"]);
      const { ok, twin, first, hops } = document();
      assert.deepEqual([code, ok, twin, first], [0, true, true, undefined], stdout);
      assert.deepEqual(
        hops.map(({ hop, state }) => [hop, state]),
        hopNames.map((hop) => [hop, ["SIMs", "alarms"].includes(hop) ? "note" : "ok"]),
      );
      const table = await runIt(["--twin", "--data", data]);
      assert.match(table.stdout, /^5 +routes +ok +route to 100\.64\.0\.0\/16 in rtb-/m);
      assert.match(table.stdout, /^12 +FTP session +ok +session at .*logged in/m);
      assert.doesNotMatch(table.stdout, /First broken/);
      assert.deepEqual(await userNames(data), ["myuser"]);
    });
  });

  it("finds every hop intact with the function called directly and users as secrets", async () => {
    const changes = ["identityProvider: lambda", "userStore: secretsmanager"].map(configured);
    await withTwin({ changes }, async ({ data, program }) => {
      const { code, document, stdout } = await runIt(["--twin", "--data", data, "--json"], {
        root: program,
      });
      assert.equal(code, 0, stdout);
      const found = Object.fromEntries(
        document().hops.map(({ hop, findings }) => [hop, findings[0].found]),
      );
      assert.equal(found["identity provider"], "Transfer Family, for this server");
      assert.equal(found.login, "refused an unknown user");
      assert.match(found["FTP session"], /not attempted without a user/);
    });
  });

  it("finds every hop intact of a deployed stack that the twin serves from its state", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-verify-"));
    try {
      const exported = await exportOf(await evaluateStack("dev"), "ciphertext");
      const state = written(folder, "state.json", exported);
      await withTwin({ state }, async ({ data }) => {
        const { code, document, stdout } = await runIt(["--twin", "--data", data, "--json"]);
        assert.deepEqual([code, document().first], [0, undefined], stdout);
        assert.deepEqual(
          document().hops.map(({ hop, state }) => [hop, state]),
          hopNames.map((hop) => [hop, ["SIMs", "alarms"].includes(hop) ? "note" : "ok"]),
        );
      });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  for (const { what, change, config, fault, hop, remedy } of defects) {
    it(`names the hop and the remedy of ${what}`, async () => {
      const options = {
        changes: [...(change ? [change] : []), ...(config ? [configured(config)] : [])],
        faults: fault ? [parseFault(fault)!] : [],
      };
      await withTwin(options, async ({ data, program }) => {
        const argv = ["--twin", "--data", data];
        const { code, document, stdout } = await runIt([...argv, "--json"], { root: program });
        const { ok, first } = document();
        assert.deepEqual([code, ok, first?.hop], [1, false, hop], stdout);
        assert.match(first?.remedy ?? "", remedy);
        // Secrets are in no table.
        assert.deepEqual(await userNames(data), config ? [] : ["myuser"]);
      });
    });
  }

  it("prints the first broken hop last, and what to do in the twin", async () => {
    await withTwin({ faults: [parseFault("server-stopped")!] }, async ({ data }) => {
      const { code, stdout } = await runIt(["--twin", "--data", data]);
      assert.equal(code, 1);
      assert.match(stdout, /^7 +server +BROKEN +s-\w+: OFFLINE$/m);
      // The device feels it too.
      assert.match(stdout, /^12 +FTP session +BROKEN/m);
      assert.match(stdout, /First broken hop: server \(s-\w+\)\.\nThe server is stopped/);
      assert.match(stdout, /The twin runs what the program defines/);
    });
  });

  it("removes the user when it is interrupted", async () => {
    // The login of the FTP session waits, so that the signal finds the user in the table.
    await withTwin({ faults: [parseFault("slow-login=60")!] }, async ({ data }) => {
      const args = ["cli/canal-ftp.cjs", "verify", "--twin", "--data", data];
      const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      const ended = new Promise((resolve) => child.on("exit", resolve));
      const names = await until("the user is in the table", async () => {
        const found = await userNames(data);
        return found.length === 2 && found;
      });
      assert.match(names.join(), /^myuser,verify-[0-9a-f]{8}$/);
      child.kill("SIGINT");
      assert.equal(await ended, 1);
      assert.match(stderr, /Interrupted; the temporary user is removed/);
      assert.deepEqual(await userNames(data), ["myuser"]);
    });
  });

  it("rejects a folder without a twin, and another stack's twin", async () => {
    const empty = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-verify-"));
    const { code, stderr } = await runIt(["--twin", "--data", empty]);
    fs.rmSync(empty, { recursive: true });
    assert.equal(code, 1);
    assert.match(stderr, /^No twin runs in .*\. Start one: npx canal-ftp start --data /);
    await withTwin({}, async ({ data }) => {
      const other = await runIt(["--twin", "--data", data, "--stack", "prod"]);
      assert.match(other.stderr, /serves stack dev, not prod/);
    });
  });
});

/** Names of the twin's users. */
async function userNames(data: string): Promise<string[]> {
  const { stdout } = await runCli(["users", "list", "--twin", "--data", data, "--json"]);
  const { users } = JSON.parse(stdout) as { users: { name: string }[] };
  return users.map(({ name }) => name);
}
