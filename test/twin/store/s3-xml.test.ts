import assert from "node:assert/strict";

import { nodesOf, parseAnswer, textOf } from "../../../twin/store/s3-xml";

describe("twin/store/s3-xml", () => {
  it("keeps numbers and spaces of texts, and resolves references", () => {
    const answer = parseAnswer(
      '<?xml version="1.0"?>\n<R xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Key> 007&amp;</Key><ETag>&#34;a&quot;</ETag></R>',
    );
    assert.equal(textOf(answer, "Key"), " 007&");
    assert.equal(textOf(answer, "ETag"), '"a"');
    assert.equal(textOf(answer, "Size"), "");
  });

  it("lists elements that occur once or not at all", () => {
    const answer = parseAnswer("<R>\n<Contents>\n<Key>a</Key>\n</Contents>\n</R>");
    assert.deepEqual(
      nodesOf(answer, "Contents").map((node) => textOf(node, "Key")),
      ["a"],
    );
    assert.deepEqual(nodesOf(answer, "CommonPrefixes"), []);
  });

  it("resolves the references of a full page", () => {
    const entry = "<Contents><Key>a&amp;b</Key><ETag>&quot;e&quot;</ETag></Contents>";
    const entries = nodesOf(parseAnswer(`<R>${entry.repeat(1000)}</R>`), "Contents");
    assert.equal(entries.length, 1000);
    assert.ok(entries.every((node) => textOf(node, "Key") === "a&b"));
  });

  it("is empty for an answer that is no XML", () => {
    for (const text of ["", "Bad gateway", "<R/>"]) assert.deepEqual(parseAnswer(text), {}, text);
  });
});
