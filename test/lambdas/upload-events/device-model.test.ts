import assert from "node:assert/strict";

import * as fc from "fast-check";

import { processBatch } from "../../../lambdas/upload-events/batch";
import {
  processUpload,
  type ProcessingDependencies,
} from "../../../lambdas/upload-events/process-upload";
import type { UploadedFile } from "../../../lambdas/upload-events/uploaded-file";
import type { Row } from "../../../lambdas/upload-events/upload-row";
import { Device, files, history, type FileVersion, type History } from "./support/device-history";
import { MemoryS3 } from "./support/memory-s3";

/** Milliseconds that the queue holds an event back, and between two deliveries of one that failed. */
const [delayMs, visibilityMs] = [30_000, 360_000];
const mostDeliveries = 5;

interface Message {
  readonly id: string;
  readonly event: number;
  readonly body: string;
  visibleAt: number;
  receives: number;
}

interface Result {
  readonly rows: Row[];
  /** The successful calls of the user's function. */
  readonly calls: UploadedFile[];
  readonly deadLetters: number;
  /** When each event was first received. */
  readonly firstReceived: ReadonlyMap<number, number>;
  readonly device: Device;
}

describe("upload events of any device", function () {
  this.timeout(120_000);

  it("give one row and one call for each final file, in 2,000 generated histories", async () => {
    const seed = Number(process.env.MODEL_SEED ?? Date.now() % 2 ** 31);
    console.log(`      seed ${seed} (MODEL_SEED=${seed} repeats it)`);
    await fc.assert(
      fc.asyncProperty(history, async (given) => compare(given, await play(given))),
      { numRuns: Number(process.env.MODEL_RUNS ?? 2000), seed },
    );
  });
});

/** Plays a history: first the device, then the queue, whose deliveries see the files of their moment. */
async function play(given: History): Promise<Result> {
  const clock = { now: Date.parse("2026-11-24T23:50:00.000Z") };
  const s3 = new MemoryS3(() => clock.now + given.skew);
  const device = new Device(s3, clock);
  const messages: Message[] = [];
  const firstReceived = new Map<number, number>();
  const calls: UploadedFile[] = [];
  const failed = new Set<string>();
  let deadLetters = 0;
  const tools: ProcessingDependencies = {
    ...{ s3, bucket: files, logBucket: "log", checksumBytes: 100 },
    async onUpload(file) {
      const isFailing =
        given.failing > 0 && parseInt(file.id.slice(0, 6), 16) % given.failing === 0;
      if (isFailing && !failed.has(file.id)) {
        failed.add(file.id);
        throw new Error("the user's function fails");
      }
      assert.equal((await file.read()).length, file.bytes);
      calls.push(file);
    },
    now: () => new Date(clock.now),
  };
  const deliverUntil = async (end: number) => {
    for (;;) {
      const next = Math.min(...messages.map(({ visibleAt }) => visibleAt));
      if (messages.length === 0 || next > end) break;
      const batch = messages.filter(({ visibleAt }) => visibleAt <= next + 200).slice(0, 10);
      const before = clock.now;
      // While the device works, what became due meanwhile sees the files of now, as one that is late does.
      const at = end === Infinity ? next : end;
      clock.now = at;
      for (const message of batch) {
        message.receives++;
        if (!firstReceived.has(message.event)) firstReceived.set(message.event, at);
      }
      const Records = batch.map(({ id, body, receives }) => ({
        ...{ messageId: id, body, attributes: { ApproximateReceiveCount: String(receives) } },
      }));
      const { batchItemFailures } = await processBatch(
        { Records },
        (upload, delivery) => processUpload(upload, tools, () => undefined, delivery),
        () => undefined,
      );
      const again = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const message of batch) {
        message.visibleAt = at + visibilityMs;
        const isDead = message.receives >= mostDeliveries;
        if (again.has(message.id) && !isDead) continue;
        if (again.has(message.id)) deadLetters++;
        messages.splice(messages.indexOf(message), 1);
      }
      clock.now = before;
    }
  };
  let sent = 0;
  for (const step of given.behaviours) {
    device.act(step);
    await deliverUntil(clock.now);
    for (; sent < device.events.length; sent++) {
      if (sent === given.lost) continue;
      const { copies } = given.deliveries[sent % given.deliveries.length];
      const { at, text } = device.events[sent];
      for (const [copy, late] of copies.entries()) {
        const visibleAt = Math.max(clock.now, at) + delayMs + late;
        messages.push({ id: `${sent}-${copy}`, event: sent, body: text, visibleAt, receives: 0 });
      }
    }
  }
  await deliverUntil(Infinity);
  const rows = [...s3.objects]
    .filter(([name]) => name.startsWith("log/uploads/"))
    .map(([, [{ body }]]) => JSON.parse(body) as Row);
  return { rows, calls, deadLetters, firstReceived, device };
}

/** Compares rows and calls with the files. */
function compare(given: History, { rows, calls, deadLetters, firstReceived, device }: Result) {
  const { events, versions } = device;
  const lost = given.lost === undefined ? undefined : events[given.lost];
  const isFinal = ({ renamed, event }: FileVersion): boolean => {
    if (renamed === undefined || renamed.event === lost) return true;
    // A file that is renamed only after it was processed had a final name until then.
    const seen = firstReceived.get(events.indexOf(event()));
    return seen !== undefined && seen < renamed.at;
  };
  const expected = versions.filter((version) => version.event() !== lost && isFinal(version));

  const logged = rows.filter(({ outcome }) => outcome === "completed");
  const name = ({ key, content }: { key: string; content?: string }) => `${key} ${content}`;
  const contentOf = new Map(versions.map((version) => [version.id, version]));
  const got = logged.map(({ version }) => contentOf.get(String(version)));
  assert.ok(
    got.every((version) => version !== undefined),
    "each row is about a version that the device made",
  );
  assert.deepEqual(
    logged.map(({ problem }) => problem),
    logged.map(() => null),
    "no row has a problem",
  );
  assert.equal(new Set(got).size, got.length, "no version has two rows");
  if (lost === undefined) {
    const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).sort();
    assert.deepEqual(ids(got as FileVersion[]), ids(expected), "the rows are the final files");
  } else {
    const keys = (list: readonly { key: string }[]) => list.map(({ key }) => key).sort();
    const contents = (list: readonly FileVersion[]) => list.map(({ content }) => content).sort();
    // Which of several versions of one moment the lost event was about cannot be seen: then one row may be missing.
    const others = events.filter((event) => event !== lost);
    if (others.every(({ at }) => Math.abs(at - (lost?.at ?? 0)) > 15_000)) {
      assert.deepEqual(keys(got as FileVersion[]), keys(expected), "as many rows for each name");
      assert.deepEqual(contents(got as FileVersion[]), contents(expected), "the same contents");
    }
    const missing = expected.length - got.length;
    assert.ok(missing === 0 || missing === 1, `${missing} rows are missing`);
  }
  assert.deepEqual(
    calls.map(({ id }) => id).sort(),
    logged.map(({ id }) => String(id)).sort(),
    `one call for each row: ${calls.map((call) => name(call)).join()}`,
  );
  const cuts = events.filter((event) => event.kind === "cut" && event !== lost);
  assert.equal(rows.filter(({ outcome }) => outcome === "partial").length, cuts.length);
  assert.equal(deadLetters, 0);
}
