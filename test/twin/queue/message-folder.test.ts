import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { MessageFolder } from "../../../twin/queue/message-folder";
import { temporaryFolder } from "./support";

describe("MessageFolder", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let messages: MessageFolder;
  beforeEach(() => {
    folder = temporaryFolder();
    messages = new MessageFolder(path.join(folder.path, "queue"));
  });
  afterEach(() => folder.remove());

  it("keeps each message in a file", () => {
    const name = messages.add("the body", 1_795_000_000_000, "id-1");
    assert.deepEqual(messages.names(), [name]);
    assert.deepEqual(messages.read(name), {
      id: "id-1",
      sent: 1_795_000_000_000,
      receives: 0,
      body: "the body",
    });
    assert.deepEqual(fs.readdirSync(messages.folder), [name]);
  });

  it("lists the oldest first, for any length of their times", () => {
    for (const sent of [20, 3, 1_795_000_000_000]) messages.add(String(sent), sent);
    const bodies = messages.names().map((name) => messages.read(name)?.body);
    assert.deepEqual(bodies, ["3", "20", "1795000000000"]);
  });

  it("keeps the order of messages of the same millisecond", () => {
    const texts = Array.from({ length: 20 }, (_, index) => String(index));
    for (const text of texts) messages.add(text, 1);
    assert.deepEqual(
      messages.names().map((name) => messages.read(name)?.body),
      texts,
    );
  });

  it("ignores incomplete files", () => {
    fs.writeFileSync(path.join(messages.folder, "000000000000001-x.json.new"), '{"id":');
    assert.deepEqual(messages.names(), []);
  });

  it("removes a message, also a second time", () => {
    const name = messages.add("a", 1);
    messages.remove(name);
    messages.remove(name);
    assert.deepEqual([messages.names(), messages.read(name)], [[], undefined]);
  });

  it("moves a message, optionally with another count, and ignores a missing one", () => {
    const other = new MessageFolder(path.join(folder.path, "other"));
    const name = messages.add("a", 1, "id-1");
    messages.write(name, { id: "id-1", sent: 1, receives: 3, body: "a" });
    messages.move(name, other);
    assert.deepEqual([messages.names(), other.read(name)?.receives], [[], 3]);
    other.move(name, messages, 0);
    assert.deepEqual([other.names(), messages.read(name)?.receives], [[], 0]);
    other.move(name, messages);
    assert.deepEqual(messages.names(), [name]);
  });
});
