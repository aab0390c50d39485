import assert from "node:assert/strict";
import * as fs from "node:fs";

import { readNames } from "../../../cli/users/names-file";
import { temporaryFolder } from "./support";

describe("readNames", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());
  const read = (text: string) => {
    const file = folder.path("names");
    fs.writeFileSync(file, text);
    return readNames(file);
  };

  it("reads a name on each line, without blanks and empty lines", () => {
    assert.deepEqual(read("cam-1\r\n\r\n  cam-2 \ncam-3"), ["cam-1", "cam-2", "cam-3"]);
    assert.deepEqual(read(""), []);
  });

  it("reads the column of a CSV file, wherever it is", () => {
    assert.deepEqual(read("name,note\ncam-1,north\n"), ["cam-1"]);
    assert.deepEqual(read('note, name\n"north, gate",cam-1\nshort\n,cam-2\n'), ["cam-1", "cam-2"]);
  });

  it("takes a first line that is no header for a name", () => {
    assert.deepEqual(read("names\ncam-1\n"), ["names", "cam-1"]);
  });
});
