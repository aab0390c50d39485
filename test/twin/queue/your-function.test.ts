import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../../support/golden";
import { copyProgram, type Change } from "../../support/program-copy";
import { until } from "../../support/until";
import { temporaryFolder } from "./support";
import { UploadTwin } from "./upload-twin";

const bytes = Buffer.from("123456789");

/** Failures of a user's function: it throws, it does not end, or the function does not start. */
type Fault = "throw" | "hang" | "hang-early";

/**
 * A user's own function, in a copy of the program that the twin serves in a process of its own. It lists the uploads
 * it received in one file, and fails as another file demands.
 */
describe("your own function in a running twin", function () {
  this.timeout(180_000);
  let place: ReturnType<typeof temporaryFolder>;
  let copy: ReturnType<typeof copyProgram>;
  let data: string;
  let twin: UploadTwin | undefined;

  before(() => {
    place = temporaryFolder();
    copy = copyProgram(ownFunction(place.path));
    for (const part of ["cli", "fakes", "resources", "twin"]) {
      fs.cpSync(path.join(root, part), path.join(copy.folder, part), { recursive: true });
    }
  });
  after(() => {
    copy.remove();
    place.remove();
  });
  beforeEach(() => {
    repair();
    fs.rmSync(path.join(place.path, "done"), { force: true });
    data = fs.mkdtempSync(path.join(place.path, "data-"));
  });
  afterEach(async () => {
    await twin?.stop("SIGKILL");
    twin = undefined;
  });

  const breakIt = (fault: Fault) => fs.writeFileSync(path.join(place.path, "fault"), fault);
  const repair = () => fs.rmSync(path.join(place.path, "fault"), { force: true });
  /** Keys of the processed files, in order. */
  const done = (): string[] => {
    const file = path.join(place.path, "done");
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
  };
  const start = async (): Promise<UploadTwin> => (twin = await UploadTwin.start(data, copy.folder));
  const rowsOf = (name: string) =>
    twin!.rows().filter(({ key }) => String(key).endsWith(`/${name}`));

  it("that throws five times creates a dead letter with file and row intact; a redrive completes it", async () => {
    breakIt("throw");
    await start();
    await twin!.store("a.jpg", bytes);
    await twin!.waitForDeadLetters(1);

    const tries = twin!.printed().filter(({ key }) => key === "users/camera01/a.jpg");
    const errors = tries.filter(({ kind }) => kind === "error");
    assert.deepEqual(
      errors.map(({ error, Errors }) => [error, Errors]),
      Array.from({ length: 5 }, () => ["Error: the database is away", 1]),
    );
    assert.equal(tries.filter(({ Uploads }) => Uploads === 1).length, 1, "counted once");
    assert.deepEqual([rowsOf("a.jpg").length, rowsOf("a.jpg")[0].outcome], [1, "completed"]);
    const stored = path.join(twin!.process.ready.files, "users", "camera01", "a.jpg");
    assert.deepEqual(fs.readFileSync(stored), bytes);
    assert.deepEqual(done(), []);
    await until(
      "the terminal reports it",
      () =>
        /1 of 1 messages failed\..*upload-events\.log/.test(twin!.process.stderr()) &&
        /message \S+ failed 5 times .*.*canal-ftp redrive/.test(twin!.process.stderr()),
      { why: () => twin!.process.stderr() },
    );

    repair();
    const script = ["cli/canal-ftp.cjs", "redrive", "--data", data];
    const ran = spawnSync(process.execPath, script, { cwd: root, encoding: "utf8" });
    assert.match(
      ran.stdout,
      /5 attempts {2}camera01 {2}\/\S+\/users\/camera01\/a\.jpg\n1 moved back/,
    );
    await until("your function has had it", () => done().length === 1);
    await twin!.waitForDeadLetters(0);
    assert.deepEqual(done(), ["users/camera01/a.jpg"]);
    assert.equal(rowsOf("a.jpg").length, 1);
  });

  it("is not called for a file that is empty or was cut", async () => {
    await start();
    await twin!.store("empty.jpg", Buffer.alloc(0));
    await twin!.cut("cut.jpg", Buffer.alloc(100_000));
    await twin!.store("whole.jpg", bytes);
    await twin!.isIdle();
    assert.deepEqual(done(), ["users/camera01/whole.jpg"]);
  });

  it("receives an upload once after the twin was killed before it was processed", async () => {
    breakIt("hang-early");
    await start();
    await twin!.store("a.jpg", bytes);
    assert.equal(twin!.queue.names().length, 1);
    await twin!.stop("SIGKILL");
    assert.deepEqual([twin!.rows(), done()], [[], []]);

    repair();
    await start();
    await twin!.isIdle();
    assert.deepEqual([rowsOf("a.jpg").length, done()], [1, ["users/camera01/a.jpg"]]);
    assert.deepEqual(twin!.deadLetters.names(), []);
  });

  it("receives an upload once after the twin was killed while it was processed; the row stays", async () => {
    breakIt("hang");
    await start();
    await twin!.store("a.jpg", bytes);
    const { row } = await twin!.rowOf("a.jpg");
    await twin!.stop("SIGKILL");

    repair();
    await start();
    await twin!.isIdle();
    assert.deepEqual([rowsOf("a.jpg"), done()], [[row], ["users/camera01/a.jpg"]]);
  });
});

/** The changes that replace the program's function by this one. */
function ownFunction(folder: string): Change[] {
  const is = (fault: Fault) => `faultNow() === ${JSON.stringify(fault)}`;
  const reads = `
import * as fs from "node:fs";
function faultNow() {
  const file = ${JSON.stringify(path.join(folder, "fault"))};
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}
`;
  const own = `${reads}
export const onUpload: OnUpload = async (file) => {
  if (${is("throw")}) throw new Error("the database is away");
  if (${is("hang")}) await new Promise(() => {});
  fs.appendFileSync(${JSON.stringify(path.join(folder, "done"))}, file.key + "\\n");
};
`;
  const handler = "export async function handler(batch: Batch): Promise<BatchResponse> {";
  const early = `${reads}\n${handler}\n  if (${is("hang-early")}) await new Promise(() => {});`;
  return [
    [
      "lambdas/upload-events/your-function.ts",
      "export const onUpload: OnUpload = async () => {};",
      own,
    ],
    ["lambdas/upload-events/handler.ts", handler, early],
  ];
}
