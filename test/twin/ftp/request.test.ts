import assert from "node:assert/strict";
import { parseRequest } from "../../../twin/ftp/request";

const cases: [line: string, name: string, argument?: string][] = [
  ["NOOP", "NOOP"],
  ["noop", "NOOP"],
  ["STOR a b.txt", "STOR", "a b.txt"],
  ["MKD  two", "MKD", " two"],
  ["\t PWD \t\u0001", "PWD"],
  ["PASS ", "PASS"],
  ["PASS secret  ", "PASS", "secret"],
  ["TYPE\tI", "TYPE\tI"],
  ["XPWD", "PWD"],
  ["xmkd d", "MKD", "d"],
  ["XXPWD", "XPWD"],
  ["XCUP", "CUP"],
  ["", ""],
];

describe("parseRequest", () => {
  for (const [line, name, argument] of cases) {
    it(`takes ${JSON.stringify(line)} as ${JSON.stringify([name, argument])}`, () => {
      assert.deepEqual(parseRequest(line), { name, argument });
    });
  }
});
