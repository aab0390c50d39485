import assert from "node:assert/strict";

import { UserError, usageError } from "../../../cli/core/errors";
import { Output } from "../../../cli/core/output";
import { UserStateError } from "../../../cli/users/errors";
import type { Site } from "../../../cli/users/site";
import { forEachUser, noSuchUser } from "../../../cli/users/subcommand";
import { cliContext } from "../../support/cli-context";

const site = { description: "stack dev" } as Site;

/** Acts on names; a name with an error throws it. */
async function act(
  names: readonly string[],
  errors: Readonly<Record<string, Error>> = {},
  { json = false, stop = new AbortController() } = {},
) {
  let [stdout, stderr] = ["", ""];
  const acted: string[] = [];
  const context = cliContext({
    stop: stop.signal,
    out: (text) => void (stdout += text),
    error: (text) => void (stderr += text),
  });
  const session = { site, context, output: new Output(context, json) };
  const code = await forEachUser(names, session, async (name) => {
    acted.push(name);
    await Promise.resolve();
    if (name in errors) throw errors[name];
    return { document: { done: true }, lines: [`${name} done`] };
  });
  return { code, stdout, stderr, acted };
}

describe("forEachUser", () => {
  const missing = noSuchUser("b", site);
  const many = Array.from({ length: 500 }, (_, index) => `cam-${index}`);

  it("prints results in the order of the names", async () => {
    assert.deepEqual(await act(["b", "a"]), {
      ...{ code: 0, stdout: "b done\na done\n", stderr: "", acted: ["b", "a"] },
    });
  });

  it("does the others when a user is in the wrong state, and ends with 1", async () => {
    const { code, stdout, stderr } = await act(["a", "b", "c"], { b: missing });
    assert.deepEqual([code, stdout], [1, "a done\nc done\n"]);
    assert.equal(stderr, "There is no user b in stack dev.\n");
  });

  it("gives programs the error with its code in place of a message", async () => {
    const { stdout, stderr } = await act(["a", "b"], { b: missing }, { json: true });
    assert.deepEqual(JSON.parse(stdout), {
      users: [
        { name: "a", done: true },
        {
          name: "b",
          error: { code: "no-such-user", message: "There is no user b in stack dev." },
        },
      ],
    });
    assert.equal(stderr, "");
  });

  it("skips the rest when the table fails, with that error's code, and prints what was done", async () => {
    const failure = new UserError("the table fails", 3);
    const { code, stdout, acted } = await act(many, { "cam-1": failure });
    assert.equal(code, 3);
    assert.ok(acted.length < many.length, String(acted.length));
    assert.match(stdout, /^cam-0 done\n/);
  });

  it("rejects with a wrong command line", async () => {
    await assert.rejects(act(["a"], { a: usageError("wrong") }), { exitCode: 2 });
  });

  it("does nothing more once the command is stopped, and ends with 1", async () => {
    const stop = new AbortController();
    stop.abort();
    const { code, acted } = await act(["a"], {}, { stop });
    assert.deepEqual([code, acted], [1, []]);
  });

  it("reports the progress of more than ten", async () => {
    assert.equal((await act(many.slice(0, 10))).stderr, "");
    assert.match((await act(many.slice(0, 11))).stderr, /^users: 11 of 11, /m);
  });
});

describe("noSuchUser", () => {
  it("is a state of the user, not of the table", () => {
    assert.ok(noSuchUser("b", site) instanceof UserStateError);
  });
});
