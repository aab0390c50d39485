import assert from "node:assert/strict";
import * as fs from "node:fs";

import { evidenceTable, replyEvidence, repliesLike } from "../../../twin/evidence/reply-evidence";
import { replies } from "../../../twin/ftp/replies";

describe("twin/evidence/reply-evidence", () => {
  it("has the evidence for each reply, and a source", () => {
    const proofs = replyEvidence();
    assert.deepEqual(Object.keys(proofs).sort(), Object.keys(replies).sort());
    for (const { source } of Object.values(proofs)) assert.ok(source.length > 0);
    assert.equal(proofs.transferComplete.evidence, "real");
    assert.equal(proofs.notImplemented.evidence, "documented");
    assert.equal(proofs.accessDenied.evidence, "modelled");
  });

  it("changes with a recording: what the server sent is real, and no other reply", () => {
    const title = "AWS Transfer Family, 2026-12-01";
    const lines = [
      { sent: "SYST", got: ["530 Access denied."] },
      { sent: "EPSV", got: ["229 Entering Passive Mode (|||PORT|)"] },
      { sent: "STAT", got: ["211-Something else"] },
    ];
    const before = replyEvidence([]);
    const after = replyEvidence([{ title, dialogues: [{ name: "x", lines }] }]);
    const changed = Object.entries(after).filter(
      ([name, proof]) => proof.evidence !== before[name as keyof typeof before].evidence,
    );
    assert.deepEqual(changed, [
      ["accessDenied", { evidence: "real", source: title }],
      ["extendedPassive", { evidence: "real", source: title }],
    ]);
  });

  it("recognizes a reply by its text", () => {
    assert.equal(repliesLike("550 /a/b: Permission denied.")[0], "permissionDenied");
    assert.equal(repliesLike("227 Entering Passive Mode (10,0,1,5,32,0)")[0], "passive");
    assert.deepEqual(repliesLike("299 Nothing of ours"), []);
  });

  it("is the table of docs/twin.md", () => {
    const cells = (table: string) =>
      table
        .split("\n")
        .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| ?|\s*\|?$/g, "").trim()));
    const [, section] = fs.readFileSync("docs/twin.md", "utf8").split("## Evidence\n");
    const table = section.split("\n\n").find((block) => block.startsWith("| evidence"));
    const rows = (text: string) => cells(text).filter(([first]) => !/^:?-+/.test(first));
    assert.deepEqual(rows(table ?? ""), rows(evidenceTable()));
  });
});
