import assert from "node:assert/strict";

import * as v from "valibot";

import {
  choice,
  flag,
  oneOf,
  optionalNumber,
  optionalText,
  textList,
  wholeNumber,
} from "../../stacks/value-schemas";

/** The value, or the messages of all issues. */
function read(schema: v.GenericSchema<string, unknown>, text: string): unknown {
  const result = v.safeParse(schema, text);
  return result.success ? result.output : result.issues.map(({ message }) => message);
}

describe("stacks/value-schemas", () => {
  const cases: [string, v.GenericSchema<string, unknown>, [string, unknown][]][] = [
    [
      "whole numbers",
      wholeNumber(1, 9),
      [
        ["1", 1],
        ["9", 9],
        ["0", ["a whole number from 1 to 9"]],
        ["10", ["a whole number from 1 to 9"]],
        ["1.5", ["a whole number from 1 to 9"]],
        ["", ["a whole number from 1 to 9"]],
        ["1e0", ["a whole number from 1 to 9"]],
      ],
    ],
    [
      "numbers of which 0 is none",
      optionalNumber(9),
      [
        ["0", undefined],
        ["9", 9],
        ["-1", ["a whole number from 0 to 9"]],
      ],
    ],
    [
      "numbers of a list",
      oneOf([1, 30]),
      [
        ["30", 30],
        ["7", ["1, 30"]],
        ["x", ["1, 30"]],
      ],
    ],
    [
      "choices",
      choice(["jp", "g"]),
      [
        ["g", "g"],
        ["", ["jp or g"]],
      ],
    ],
    [
      "flags",
      flag,
      [
        ["true", true],
        ["false", false],
        ["yes", ["true or false"]],
      ],
    ],
    [
      "texts that may be empty",
      optionalText(/^a+$/, "only a, or nothing"),
      [
        ["", undefined],
        ["aa", "aa"],
        ["b", ["only a, or nothing"]],
      ],
    ],
    [
      "lists",
      textList((item) => item.startsWith("a"), "a word with a"),
      [
        ["", []],
        ['["a","ab"]', ["a", "ab"]],
        ['["b",7]', ["a word with a", "a word with a"]],
        ['["a","a"]', ["each only once"]],
        ["{}", ["a list"]],
        ["[", ["a list"]],
      ],
    ],
  ];
  for (const [what, schema, texts] of cases) {
    it(`reads ${what}`, () => {
      for (const [text, expected] of texts) assert.deepEqual(read(schema, text), expected, text);
    });
  }
});
