import assert from "node:assert/strict";

import type { FtpEvent } from "../../twin/ftp/events";
import { terminalObserver } from "../../twin/terminal";

/** Lines without colours. */
function shown(event: FtpEvent): string {
  const lines: string[] = [];
  terminalObserver((line) => lines.push(line)).ftp(event);
  return lines.join("\n").replace(/\u001b\[\d+m/g, "");
}

const session = "0123456789abcdef";

describe("twin/terminal", () => {
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

  it("shows what came of a transfer", () => {
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

  it("lets no control character of a device reach the terminal", () => {
    const line = shown({
      kind: "command",
      session,
      line: "STOR \u001b]0;owned\u0007\u009b2Ja\r\nb",
    });
    assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f]/);
    assert.match(line, /STOR \?\]0;owned\?2Ja b/);
  });
});
