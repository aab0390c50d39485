import assert from "node:assert/strict";
import fc from "fast-check";
import { resolvePath } from "../../../twin/ftp/path";

const cases: [current: string, argument: string, path: string][] = [
  ["/", "a", "/a"],
  ["/a", "b/c", "/a/b/c"],
  ["/a", "/b", "/b"],
  ["/a/b", "..", "/a"],
  ["/a", "../../..", "/"],
  ["/", "/../../etc", "/etc"],
  ["/a", "missing/../f", "/a/f"],
  ["/a", ".//b///", "/a/b"],
  ["/a/b", "~", "/"],
  ["/a/b", "~/c", "/c"],
  ["/", "~c", "/~c"],
  ["/", "back\\slash", "/back\\slash"],
  ["/", " two", "/ two"],
  ["/", "...", "/..."],
];

describe("resolvePath", () => {
  for (const [current, argument, path] of cases) {
    it(`${JSON.stringify(argument)} in ${current} is ${path}`, () => {
      assert.equal(resolvePath(current, argument), path);
    });
  }

  it("never gives a path with a part that moves", () => {
    const part = fc.constantFrom("..", ".", "", "~", "a", "b c", "日本");
    fc.assert(
      fc.property(fc.array(part), fc.array(part), (current, argument) => {
        const path = resolvePath(resolvePath("/", current.join("/")), argument.join("/"));
        assert.match(path, /^\/(?!.*\/\/)/);
        assert.ok(path === "/" || !path.endsWith("/"));
        assert.deepEqual(
          path.split("/").filter((each) => each === ".." || each === "."),
          [],
        );
      }),
    );
  });
});
