import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";

import { messagesOf, openQueues } from "../../../twin/queue/queues";
import { deadLetters, redrive } from "../../../twin/queue/redrive";
import { root } from "../../support/golden";
import { queueResource, redrivePolicy, stackOf, temporaryFolder } from "../../twin/queue/support";

describe("redrive of dead letters", () => {
  let data: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    data = temporaryFolder();
    const stack = stackOf(
      queueResource("one", { redrivePolicy: redrivePolicy("one-dead", 3) }),
      queueResource("one-dead"),
      queueResource("two", { redrivePolicy: redrivePolicy("two-dead", 3) }),
      queueResource("two-dead"),
    );
    openQueues(stack, data.path, () => undefined);
  });
  afterEach(() => data.remove());

  /** A message that was tried three times. */
  function bury(queue: string, body: string, sent = 1_795_000_000_000): string {
    const folder = messagesOf(data.path, queue);
    const name = folder.add(body, sent);
    folder.write(name, { ...folder.read(name)!, receives: 3 });
    return name;
  }
  const event = (username: string, file: string) =>
    JSON.stringify({ detail: { username, "file-path": file } });

  it("lists device, file, time and attempts", () => {
    bury("one-dead", event("camera01", "/files/users/camera01/a.jpg"));
    bury("two-dead", "no event at all");
    messagesOf(data.path, "one").add("not dead", 1);
    const [first, second, ...more] = deadLetters(data.path);
    assert.deepEqual(
      { ...first, id: "" },
      {
        id: "",
        queue: "one",
        sent: "2026-11-18T11:06:40.000Z",
        receives: 3,
        device: "camera01",
        path: "/files/users/camera01/a.jpg",
      },
    );
    assert.deepEqual([second.queue, second.device, more.length], ["two", undefined, 0]);
  });

  it("moves each back to its queue with no attempts", () => {
    const [one, two] = [bury("one-dead", "1"), bury("two-dead", "2")];
    assert.equal(redrive(data.path), 2);
    assert.equal(messagesOf(data.path, "one").read(one)?.receives, 0);
    assert.equal(messagesOf(data.path, "two").read(two)?.body, "2");
    assert.deepEqual([deadLetters(data.path), redrive(data.path)], [[], 0]);
  });

  describe("canal-ftp redrive", function () {
    const run = (...args: string[]) => {
      const script = ["cli/canal-ftp.cjs", "redrive"];
      const options = { cwd: root, encoding: "utf8" } as const;
      return spawnSync(process.execPath, [...script, "--data", data.path, ...args], options);
    };

    it("moves nothing with --list, and prints no control characters of names", () => {
      const name = bury("one-dead", event("cam\u001b[2J", "/files/a\r\nb.jpg"));
      const { stdout, status } = run("--list");
      assert.equal(status, 0);
      assert.match(
        stdout,
        /^2026-11-18T11:06:40\.000Z {2}3 attempts {2}cam\?\[2J {2}\/files\/a\?b\.jpg\n/,
      );
      assert.match(
        stdout,
        /logs\/upload-events\.log has the causes\. Without --list, the command retries them\.\n$/,
      );
      assert.deepEqual(messagesOf(data.path, "one-dead").names(), [name]);
    });

    it("moves all back, as text and as JSON, and reports an empty queue", () => {
      bury("one-dead", event("camera01", "/files/a.jpg"));
      assert.match(run().stdout, /camera01 {2}\/files\/a\.jpg\n1 moved back to the queue/);
      assert.match(run().stdout, /^The dead-letter queue is empty\.\n$/);
      bury("one-dead", event("camera01", "/files/a.jpg"));
      const { deadLetters: found, moved } = JSON.parse(run("--json").stdout) as {
        deadLetters: { device: string }[];
        moved: number;
      };
      assert.deepEqual([found.map(({ device }) => device), moved], [["camera01"], 1]);
      assert.deepEqual(messagesOf(data.path, "one-dead").names(), []);
    });

    it("reports a folder without queues", () => {
      fs.rmSync(data.path, { recursive: true });
      const { status, stderr } = run();
      assert.equal(status, 1);
      assert.match(stderr, /^There are no queues in .*\. Give the folder of the twin with --data/);
      assert.doesNotMatch(stderr, /\n {4}at /);
      assert.ok(!fs.existsSync(data.path), "the check creates no folder");
    });
  });
});
