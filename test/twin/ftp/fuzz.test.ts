import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { fuzzedDialogue, seeded } from "./fuzz";
import { eventually, testPassword, startEndpoint, testUser, type TestEndpoint } from "./support";

/** A few in every test run; many with `FUZZ_RUNS=10000 npm test -- test/twin/ftp/fuzz.test.ts`. */
const dialogues = Number(process.env.FUZZ_RUNS ?? 400);
const fuzzSeed = Number(process.env.FUZZ_SEED ?? 20261124);
/** Concurrent dialogues. */
const lanes = 8;
const secretText = "no session may read or change this";

describe("fuzzed dialogues", () => {
  let endpoint: TestEndpoint;

  beforeEach(async () => {
    endpoint = await startEndpoint({ timeouts: { dataMs: 15, failedLoginDelayMs: 1 } });
    const outside = join(endpoint.folder, "outside");
    mkdirSync(outside);
    writeFileSync(join(outside, "secret"), secretText);
    // What an operator can put into the folder manually.
    symlinkSync(outside, join(endpoint.root, "out"));
    symlinkSync(join(outside, "secret"), join(endpoint.root, "outfile"));
    symlinkSync(endpoint.root, join(endpoint.root, "loop"));
    writeFileSync(join(endpoint.root, "file.txt"), "inside");
  });
  afterEach(() => endpoint.stop());

  it(`${dialogues} of them: no crash, no hang, no leak, nothing outside the home`, async function () {
    this.timeout(60_000 + dialogues * 100);
    const descriptors = openDescriptors();
    let received = "";
    const lane = async (first: number): Promise<void> => {
      for (let number = first; number < dialogues; number += lanes) {
        try {
          received += await hold(endpoint.port, seeded(fuzzSeed + number));
        } catch (error) {
          throw new Error(`Dialogue ${number} of seed ${fuzzSeed}: ${String(error)}`);
        }
        assert.ok(!received.includes(secretText), `dialogue ${number} read the secret`);
        received = "";
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));

    const outside = join(endpoint.folder, "outside");
    assert.deepEqual(readdirSync(outside), ["secret"]);
    assert.equal(readFileSync(join(outside, "secret"), "utf8"), secretText);
    const known = ["outside", "partial", "root", "staging"];
    assert.deepEqual(readdirSync(endpoint.folder).sort(), known);
    const open = (): number =>
      endpoint.events.reduce(
        (count, { kind }) => count + Number(kind === "connected") - Number(kind === "closed"),
        0,
      );
    await eventually("every session's end", () => open() === 0);
    await eventually(
      "every upload's end",
      () => readdirSync(join(endpoint.folder, "staging")).length === 0,
    );
    await eventually("every descriptor's end", () => openDescriptors() <= descriptors + 2);
    // It still serves.
    assert.match(await hold(endpoint.port, seeded(1)), /^220 /);
  });
});

/** Says one dialogue and gives all that came back; rejects when the endpoint leaves it hanging. */
async function hold(port: number, random: () => number): Promise<string> {
  const control = open(port);
  let received = "";
  let announced: number | undefined;
  control.on("data", (chunk: Buffer) => {
    const text = chunk.toString();
    received += text;
    const numbers = /\((?:\d+,){4}(\d+),(\d+)\)/.exec(text) ?? /\|\|\|()(\d+)\|/.exec(text);
    if (numbers) announced = Number(numbers[1]) * 256 + Number(numbers[2]);
  });
  control.write(`USER ${testUser}\r\nPASS ${testPassword}\r\n`);
  const sockets: Socket[] = [control];
  for (const step of fuzzedDialogue(random)) {
    if (step.kind === "line") {
      control.write(step.bytes);
      await settle();
    } else if (announced !== undefined) {
      const data = open(announced);
      sockets.push(data);
      data.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
      data.write(step.bytes);
      if (step.end === "end") data.end();
      if (step.end === "reset") data.once("connect", () => data.resetAndDestroy());
    }
  }
  control.end("QUIT\r\n");
  const timer = setTimeout(() => control.destroy(new Error("hung")), 10_000);
  if (!control.closed) {
    await new Promise((resolve) => control.once("close", resolve));
  }
  clearTimeout(timer);
  sockets.forEach((socket) => socket.destroy());
  assert.notEqual(control.errored?.message, "hung");
  return received;
}

function open(port: number): Socket {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  return socket;
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Where the system reports them; elsewhere leaks of descriptors are not searched. */
function openDescriptors(): number {
  const folder = "/proc/self/fd";
  return existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder).length : 0;
}
