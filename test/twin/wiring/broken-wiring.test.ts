import assert from "node:assert/strict";
import { Readable } from "node:stream";

import { Change, copyProgram } from "../../support/program-copy";
import { RunningTwin, runTwin } from "../../support/running-twin";

/** The last step that a device reaches, and the reply that ends it. */
interface Outcome {
  readonly step: "connect" | "login" | "list" | "store" | "fine";
  readonly reply: string;
}

async function useDevice(running: RunningTwin): Promise<Outcome> {
  let step: Outcome["step"] = "connect";
  try {
    const client = await running.client().catch((error: Error & { code?: unknown }) => {
      // A reply with a code means that the connection was made.
      if (typeof error.code === "number") step = "login";
      throw error;
    });
    step = "list";
    await client.list();
    step = "store";
    await client.uploadFrom(Readable.from([Buffer.from("data")]), "a.txt");
    return { step: "fine", reply: "" };
  } catch (error) {
    return { step, reply: (error as Error).message };
  }
}

async function withBroken(
  changes: readonly Change[],
  check: (outcome: Outcome, running: RunningTwin) => void,
): Promise<void> {
  const copy = copyProgram(changes);
  try {
    const running = await runTwin({ root: copy.folder, timeouts: { dataMs: 500 } });
    try {
      check(await useDevice(running), running);
    } finally {
      await running.stop();
    }
  } finally {
    copy.remove();
  }
}

describe("twin, a program with broken wiring", () => {
  it("serves a copy without a mistake", async () => {
    await withBroken([], (outcome, running) => {
      assert.equal(outcome.step, "fine", outcome.reply);
      assert.deepEqual([running.faults, running.notices], [[], []]);
    });
  });

  it("without the passive-port rule: logs in, and every data connection fails", async () => {
    const change: Change = ["components/endpoint-network.ts", /    allow\("passive".*\n/, ""];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "list");
      assert.match(running.log(), /unreachable/);
      assert.match(
        running.log(),
        /SecurityGroup canal-ftp-dev-network-security-group has no rule that allows TCP port 8\d{3} from 100\.64\.0\.10/,
      );
      assert.match(running.log(), /canal-ftp-dev-network-control allows tcp port 21/);
    });
  });

  it("without the control-port rule: no connection", async () => {
    const change: Change = ["components/endpoint-network.ts", /    allow\("control".*\n/, ""];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "connect");
      assert.match(running.log(), /security-group has no rule that allows TCP port 21 /);
    });
  });

  it("with a route missing: no connection, and the subnet is named", async () => {
    const change: Change = [
      "components/canal.ts",
      "args.routeTableIds.forEach(",
      "args.routeTableIds.slice(1).forEach(",
    ];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "connect");
      assert.match(
        running.log(),
        /Subnet canal-ftp-dev-network-vpc-ftp-1 \(route table rtb-\w+\) has no route back to 100\.64\.0\.10/,
      );
    });
  });

  it("with the peering not accepted: no connection", async () => {
    // The program itself waits for the acceptance.
    const change: Change = [
      "components/canal.ts",
      /autoAccept: true([^]*)untilActive\(id, child\)/,
      "autoAccept: false$1id",
    ];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "connect");
      assert.match(
        running.log(),
        /VpcPeeringConnectionAccepter canal-ftp-dev-canal-accepter does not/,
      );
    });
  });

  it("without the Lambda permission: 530, and the function is named", async () => {
    const change: Change = [
      "components/identity-api.ts",
      'principal: "apigateway.amazonaws.com"',
      'principal: "events.amazonaws.com"',
    ];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "login");
      assert.match(outcome.reply, /^530/);
      assert.match(
        running.faults.join("\n"),
        /Function canal-ftp-dev-identity-login-function has no Permission for apigateway/,
      );
    });
  });

  it("with a Lambda permission for another API: 530", async () => {
    const change: Change = ["components/identity-api.ts", "/GET/servers/*", "/POST/servers/*"];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "login");
      assert.match(running.faults.join("\n"), /canal-ftp-dev-identity-api/);
    });
  });

  it("without the function's access to the table: 530, and the policy is named", async () => {
    const change: Change = ["components/internal/policies.ts", '"dynamodb:BatchGetItem", ', ""];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "login");
      assert.match(
        running.faults.join("\n"),
        /canal-ftp-dev-identity-login-function may not use its table/,
      );
      assert.match(running.faults.join("\n"), /RolePolicy canal-ftp-dev-identity-login-access/);
    });
  });

  it("with the caller's trust for another resource: 530", async () => {
    const change: Change = [
      "components/identity-api.ts",
      'trustInTransfer(this, "server/*")',
      'trustInTransfer(this, "user/*")',
    ];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "login");
      assert.match(
        running.faults.join("\n"),
        /Transfer cannot assume Role canal-ftp-dev-identity-api-caller/,
      );
    });
  });

  it("with another account in the trust's SourceAccount: logs in, and every file operation is denied", async () => {
    const change: Change = [
      "components/internal/policies.ts",
      '"aws:SourceAccount": accountId',
      '"aws:SourceAccount": "999999999999"',
    ];
    // The caller's role has the same trust policy: it is restored, so that the login passes.
    const repair: Change = [
      "components/identity-api.ts",
      'trustInTransfer(this, "server/*")',
      'trustInTransfer(this, "server/*").apply((text) => text.replace("999999999999", "123456789012"))',
    ];
    await withBroken([change, repair], (outcome, running) => {
      assert.equal(outcome.step, "list");
      assert.match(outcome.reply, /^(450|550|551)/);
      assert.match(running.log(), /Transfer cannot assume Role canal-ftp-dev-files-role/);
      assert.match(running.log(), /aws:SourceAccount/);
    });
  });

  it("with the trust's SourceAccount removed: AWS allows it by SourceArn, and the twin names the role", async () => {
    const change: Change = [
      "components/internal/policies.ts",
      /      StringEquals: \{ "aws:SourceAccount".*\n/,
      "",
    ];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "fine", outcome.reply);
      assert.match(
        running.notices.join("\n"),
        /Role canal-ftp-dev-files-role does not check aws:SourceAccount/,
      );
    });
  });

  it("with the trust's SourceAccount and SourceArn removed: AWS allows it, and the twin warns", async () => {
    const change: Change = [
      "components/internal/policies.ts",
      /    Condition: \{\n +StringEquals: .*\n +ArnLike: .*\n +\},\n/,
      "",
    ];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "fine", outcome.reply);
      assert.match(running.notices.join("\n"), /canal-ftp-dev-files-role.*confused deputy/s);
    });
  });

  it("without PutObject in the role: stores nothing, and the policy is named", async () => {
    const change: Change = ["components/internal/policies.ts", '"s3:PutObject", ', ""];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "store");
      assert.match(running.log(), /RolePolicy canal-ftp-dev-files-access/);
      assert.match(running.log(), /s3:PutObject/);
    });
  });

  it("without optimized directory listings: the home does not exist until it has an object", async () => {
    const change: Change = ["components/ftp-server.ts", '"ENABLED"', '"DISABLED"'];
    await withBroken([change], (outcome, running) => {
      assert.equal(outcome.step, "list");
      assert.match(running.log(), /only with an object users\/myuser\//);
    });
  });

  it("without the server's record: every login is refused", async () => {
    const change: Change = ["components/ftp-server.ts", /\n *if \(identity\.userTable[^;]*;/, ""];
    await withBroken([change], (outcome) => {
      assert.equal(outcome.step, "login");
    });
  });
});
