import assert from "node:assert/strict";
import { setTimeout as after } from "node:timers/promises";

import { KeyedMutex } from "../../../twin/store/keyed-mutex";

describe("twin/store/KeyedMutex", () => {
  let mutex: KeyedMutex;
  let lines: string[];
  beforeEach(() => {
    mutex = new KeyedMutex();
    lines = [];
  });

  const run = (name: string, ...keys: string[]) =>
    mutex.run(keys, async () => {
      lines.push(`${name} begins`);
      await after(3);
      lines.push(`${name} ends`);
      return name;
    });

  it("runs operations that share a key one after the other", async () => {
    const given = await Promise.all([run("1", "a", "b"), run("2", "b", "c"), run("3", "c", "a")]);
    assert.deepEqual(given, ["1", "2", "3"]);
    const following = ["1 begins", "1 ends", "2 begins", "2 ends", "3 begins", "3 ends"];
    assert.deepEqual(lines, following);
  });

  it("runs operations on other keys concurrently", async () => {
    await Promise.all([run("1", "a"), run("2", "b")]);
    assert.deepEqual(lines.slice(0, 2), ["1 begins", "2 begins"]);
  });

  it("continues after a failure, which is reported to its caller only", async () => {
    const failing = mutex.run(["a"], () => Promise.reject(new Error("no")));
    const next = run("2", "a");
    await assert.rejects(failing, /no/);
    assert.equal(await next, "2");
  });
});
