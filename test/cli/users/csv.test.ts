import assert from "node:assert/strict";

import fc from "fast-check";

import { BadCsv, formatCsv, parseCsv } from "../../../cli/users/csv";

const fieldsOf = (text: string) => parseCsv(text).map(({ fields }) => fields);

describe("users/csv", () => {
  it("reads lines of any system, with or without an end, a byte order mark and empty lines", () => {
    const expected = [
      ["name", "from"],
      ["cam-1", ""],
    ];
    for (const text of [
      "name,from\ncam-1,",
      "name,from\r\ncam-1,\r\n",
      "name,from\rcam-1,\r",
      "\uFEFFname,from\n\n\ncam-1,\n\n",
    ]) {
      assert.deepEqual(fieldsOf(text), expected, JSON.stringify(text));
    }
    assert.deepEqual(fieldsOf(""), []);
  });

  it("reads quoted fields with commas, quotes and line ends in them", () => {
    assert.deepEqual(fieldsOf('a,"b,""c""\nd",e\n'), [["a", 'b,"c"\nd', "e"]]);
  });

  it("has the line that each record begins on", () => {
    const lines = parseCsv('one\n\n"two\r\nlines"\r\nfive').map(({ line }) => line);
    assert.deepEqual(lines, [1, 3, 5]);
  });

  it("refuses quotes at other places, and names the line", () => {
    for (const text of ['a\n"b', 'a\nb"c"', 'a\n"b"c']) {
      assert.throws(
        () => parseCsv(text),
        (error) => error instanceof BadCsv && error.line === 2 && !/[bc]"/.test(error.message),
        text,
      );
    }
  });

  it("reads what it writes", () => {
    const record = fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(record), (records) => {
        // A byte order mark at the beginning of the text is no part of the first field.
        fc.pre(!records[0]?.[0].startsWith("\uFEFF"));
        const expected = records.map((fields) =>
          fields.map((field) => field.replace(/\r\n?/g, "\n")),
        );
        assert.deepEqual(fieldsOf(records.map(formatCsv).join("")), expected);
      }),
    );
  });
});
