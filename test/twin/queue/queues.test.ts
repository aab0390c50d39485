import assert from "node:assert/strict";
import * as path from "node:path";

import { messagesOf, openQueues, queuePairs } from "../../../twin/queue/queues";
import { arnOf, queueResource, redrivePolicy, stackOf, temporaryFolder } from "./support";

describe("twin/queue/queues", () => {
  let data: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (data = temporaryFolder()));
  afterEach(() => data.remove());

  const stack = stackOf(
    queueResource("uploads", { redrivePolicy: redrivePolicy("dead", 2) }),
    queueResource("dead"),
    queueResource("alone", { visibilityTimeoutSeconds: 0 }),
  );

  it("are folders by their names, and report dead letters with the queue's name", () => {
    const given: string[] = [];
    const queues = openQueues(stack, data.path, (name, { body }) => given.push(`${name} ${body}`));
    assert.deepEqual([...queues.keys()], ["uploads", "dead", "alone"].map(arnOf));
    const uploads = queues.get(arnOf("uploads"))!;
    uploads.send("a");
    for (let time = 1; time <= 3; time++) uploads.receive(1).forEach((a) => uploads.release(a, 0));
    assert.deepEqual(given, ["uploads a"]);
    const folder = messagesOf(data.path, "dead");
    assert.equal(folder.folder, path.join(data.path, "queues", "dead"));
    assert.equal(folder.read(folder.names()[0])?.body, "a");
    // A dead-letter queue can be polled too.
    assert.equal(queues.get(arnOf("dead"))?.receive(1)[0].body, "a");
  });

  it("hide a message for the queue's visibility time-out, 30 s by default", () => {
    const queues = openQueues(stack, data.path, () => undefined);
    for (const [name, visible] of [
      ["alone", 1],
      ["uploads", 0],
    ] as const) {
      const queue = queues.get(arnOf(name))!;
      queue.send("a");
      queue.receive(1);
      assert.equal(queue.visible, visible, name);
    }
  });

  it("list the dead-letter queues in a file, if there are queues", () => {
    assert.equal(queuePairs(data.path), undefined);
    openQueues(stackOf(), data.path, () => undefined);
    assert.equal(queuePairs(data.path), undefined);
    openQueues(stack, data.path, () => undefined);
    assert.deepEqual(queuePairs(data.path), [{ queue: "uploads", deadLetters: "dead" }]);
  });

  it("ignore a dead-letter queue that the stack does not make", () => {
    const lost = stackOf(queueResource("uploads", { redrivePolicy: redrivePolicy("others", 1) }));
    const uploads = openQueues(lost, data.path, () => undefined).get(arnOf("uploads"))!;
    uploads.send("a");
    for (const count of [1, 2, 3]) {
      const [a] = uploads.receive(1);
      assert.equal(a.receives, count);
      uploads.release(a, 0);
    }
    assert.deepEqual(queuePairs(data.path), []);
  });
});
