import assert from "node:assert/strict";

import type { FtpEvent } from "../../../twin/ftp/events";
import { describeTwin, terminalObserver } from "../../../cli/start/terminal";
import type { Twin } from "../../../twin/twin";
import { evaluateStack } from "../../support/golden";

const plain = (text: string) => text.replace(/\u001b\[\d+m/g, "");

/** Lines without colours. */
function shown(event: FtpEvent): string {
  const lines: string[] = [];
  terminalObserver((line) => lines.push(line)).ftp(event);
  return plain(lines.join("\n"));
}

/** What a new user is shown, of a twin with this password. */
async function greeting(
  password: string,
  columns: number,
  url?: string,
  more: Partial<Twin> = {},
): Promise<string[]> {
  const twin = {
    stack: await evaluateStack("dev"),
    ftp: { host: "127.0.0.1", port: 2121, passivePorts: [8192, 8200] },
    users: [{ name: "myuser", password }],
    files: "/somewhere/else/files",
    deviceAddress: "100.64.0.10",
    evaluationSeconds: 1.2,
    ...more,
  } as unknown as Twin;
  return describeTwin(twin, url, columns).map(plain);
}

const session = "0123456789abcdef";

describe("start/terminal", () => {
  it("shows a dialogue line by line", () => {
    assert.equal(shown({ kind: "command", session, line: "STOR a.txt" }), "01234567 > STOR a.txt");
    assert.equal(
      shown({ kind: "reply", session, text: "226 Transfer complete." }),
      "01234567 < 226 Transfer complete.",
    );
  });

  it("shows a refusal with its reason, and a connection that was lost with the port", () => {
    assert.match(shown({ kind: "refused", session, reason: "no policy" }), /refused no policy/);
    assert.match(
      shown({ kind: "unreachable", port: 8192, reason: "no rule" }),
      /port 8192: no rule/,
    );
  });

  it("shows the result of a transfer", () => {
    const event = {
      kind: "transfer",
      session,
      user: "cam",
      direction: "upload",
      path: "/a.txt",
      location: "/bucket/a.txt",
      bytes: 12,
      milliseconds: 3.4,
      outcome: "partial",
    } as const;
    assert.equal(shown(event), "01234567 upload partial /a.txt, 12 bytes in 3 ms");
  });

  it("greets with lines to copy: ftp, curl with the password, and the page or how to have it", async () => {
    const lines = await greeting("k3Jd82hsQp0xYtz", 100);
    assert.ok(lines.some((line) => line.includes("ftp -p 127.0.0.1 2121 ")));
    const curl = "curl -T README.md ftp://127.0.0.1:2121/ --user myuser:k3Jd82hsQp0xYtz";
    assert.ok(lines.some((line) => line.endsWith(curl)));
    assert.ok(lines.some((line) => line.includes("npm start -- --console")));
    const watched = await greeting("k3Jd82hsQp0xYtz", 100, "http://127.0.0.1:2180/");
    assert.ok(watched.includes("console   http://127.0.0.1:2180/"));
  });

  it("prints the folder of the upload rows, for a stack that keeps a log", async () => {
    const lines = await greeting("x", 100, undefined, { uploadLog: "/somewhere/else/log" });
    assert.ok(lines.includes("uploads   /somewhere/else/log, a row for each"));
    assert.ok(!(await greeting("x", 100)).some((line) => line.startsWith("uploads")));
  });

  it("gives no line to copy for a password that a shell would change", async () => {
    const lines = await greeting("it's $HOME", 100);
    assert.ok(lines.includes("log in    user myuser, password it's $HOME"));
    assert.ok(!lines.some((line) => line.includes("curl")));
  });

  it("breaks its list of resources at the width of the terminal, and loses none", async () => {
    const [narrow, wide] = [await greeting("x", 80), await greeting("x", 10_000)];
    const list = (lines: string[]) => lines.slice(1, lines.indexOf(""));
    assert.ok(
      list(narrow).every((line) => line.length <= 80),
      list(narrow).join("\n"),
    );
    const words = (lines: string[]) => list(lines).join(" ").split(/\s+/).sort();
    assert.deepEqual(words(narrow), words(wide));
  });

  it("prints no control character of a device", () => {
    const line = shown({
      kind: "command",
      session,
      line: "STOR \u001b]0;owned\u0007\u009b2Ja\r\nb",
    });
    assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f]/);
    assert.match(line, /STOR \?\]0;owned\?2Ja b/);
    const reply = shown({ kind: "reply", session, text: "211-Extensions\n SIZE\n211 End" });
    assert.equal(reply, "01234567 < 211-Extensions  SIZE 211 End");
  });
});
