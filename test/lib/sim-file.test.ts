import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { decodeText, parseSims, readSimFile } from "../../lib/sim-file";

const [a, b, c] = ["8981100000000000001", "8981100000000000002", "8981100000000000003"];

describe("parseSims", () => {
  const forms: readonly [form: string, text: string][] = [
    ["one on each line", `${a}\n${b}\n${c}\n`],
    ["CR LF, empty lines and comments", `# cameras\r\n\r\n${a}\r\n#${c}\r\n${b}\r\n${c}`],
    ["first of several fields", `${a},gate 1\n${b},gate 2\n${c},\n`],
    ["a column simId", `place,simId\ngate 1,${a}\ngate 2,${b}\ngate 3,${c}\n`],
    ["semicolons", `place;SIM ID\n"a,b";${a}\nx, y;${b}\n;${c}\n`],
    ["tabs", `SIM_ID\tname\n${a}\t"1, 2"\n${b}\t\n${c}\tx;y\n`],
    ["quoted fields with commas", `name,"SIM ID"\n"Gate 1, north","${a}"\n"""2""",${b}\n3,${c}`],
    ["quoted fields with line ends", `name,simId\n"Gate\n1",${a}\n"Gate\r\n2",${b}\n3,${c}\n`],
    ["formulas and apostrophes of spreadsheet programs", `simId\n="${a}"\n'${b}\n "${c}" \n`],
    ["a byte order mark", `\uFEFFsimId\n${a}\n${b}\n${c}\n`],
    ["a quote within a name", `simId,name\n${a},5" screen\n${b},x\n${c},y\n`],
  ];
  for (const [form, text] of forms) {
    it(`reads ${form}`, () => {
      const list = parseSims(text);
      assert.deepEqual([list.simIds, list.wrong], [[a, b, c], []]);
    });
  }

  it("reads SORACOM's export, with a row for each IMSI of a SIM", () => {
    const { simIds, wrong } = parseSims(
      [
        '"SIM ID","IMSI","ICCID","name","groupId"',
        `"${a}","440100000000001","${a}","Gate 1, north",""`,
        `"${a}","999990000000001","${a}","Gate 1, north",""`,
        `"${b}","440100000000002","${b}","東門",""`,
      ].join("\n"),
    );
    assert.deepEqual([simIds, wrong], [[a, b], []]);
  });

  it("knows the line of each SIM, also after fields of several lines", () => {
    const { lineOf } = parseSims(`name,simId\n"Gate\n1",${a}\n\n# x\n"2\n",${b}\n`);
    assert.deepEqual([...lineOf.values()], [2, 6]);
  });

  it("refuses a SIM that is listed again without IMSIs", () => {
    const { simIds, wrong } = parseSims(`simId\n${a}\n${b}\n${a}\n`);
    assert.deepEqual(simIds, [a, b]);
    assert.deepEqual(wrong, [{ line: 4, given: a, allowed: "each only once; line 2 has it" }]);
  });

  const rounded = [
    "8981100000000000000",
    "8.98E+18",
    "8.9811E+18",
    "8,98E+18",
    "8981100000000010000",
  ];
  for (const id of rounded) {
    it(`refuses ${id}, which a spreadsheet program rounded, with its line`, () => {
      const { simIds, wrong } = parseSims(`simId,name\n${a},x\n"${id}",y\n`);
      assert.deepEqual(simIds, [a]);
      assert.equal(wrong.length, 1);
      assert.deepEqual([wrong[0].line, wrong[0].given], [3, id]);
      assert.match(
        wrong[0].allowed,
        /^18 to 22 digits.*rounded this number, so format the column as text/,
      );
    });
  }

  it("refuses each id of another form with its line", () => {
    const { wrong } = parseSims(`${a}\n12\n89811 0000000000002\n440100000000001\n８９８１１\n`);
    assert.deepEqual(
      wrong.map(({ line, given }) => [line, given]),
      [
        [2, "12"],
        [3, "89811 0000000000002"],
        [4, "440100000000001"],
        [5, "８９８１１"],
      ],
    );
    assert.match(wrong[0].allowed, /^18 to 22 digits/);
  });

  it("refuses a file without a column of SIM ids in one sentence", () => {
    const { simIds, wrong } = parseSims(`name,IMSI\nx,440100000000001\ny,440100000000002\n`);
    assert.deepEqual(simIds, []);
    assert.equal(wrong.length, 1);
    assert.deepEqual([wrong[0].line, wrong[0].given], [1, "name,IMSI"]);
    assert.match(wrong[0].allowed, /one of them simId/);
  });

  it("refuses a quote that is not closed, with its line", () => {
    const [{ allowed }] = parseSims(`simId,name\n${a},"x\n${b},y\n`).wrong;
    assert.equal(allowed, "a quote that is closed");
  });
});

describe("decodeText", () => {
  const text = `simId,名前\n${a},東門\n`;
  const utf16 = Buffer.from(text, "utf16le");
  const shiftJis = Buffer.concat([
    Buffer.from("simId,"),
    Buffer.from([0x96, 0xbc, 0x91, 0x4f]),
    Buffer.from(`\n${a},`),
    Buffer.from([0x93, 0x8c, 0x96, 0xe5]),
    Buffer.from("\n"),
  ]);
  const encodings: readonly [encoding: string, bytes: Buffer][] = [
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16LE with a mark", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ["UTF-16LE", utf16],
    [
      "UTF-16BE with a mark",
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
    ],
    ["UTF-16BE", Buffer.from(utf16).swap16()],
    ["Shift_JIS", shiftJis],
  ];
  for (const [encoding, bytes] of encodings) {
    it(`reads ${encoding}`, () => {
      assert.equal(decodeText(bytes), text);
    });
  }

  it("reads an empty file", () => {
    assert.equal(decodeText(Buffer.alloc(0)), "");
  });
});

describe("readSimFile", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-sims-"));
  after(() => fs.rmSync(folder, { recursive: true }));

  it("decodes the file", () => {
    const file = path.join(folder, "sims.csv");
    fs.writeFileSync(file, Buffer.from(`${a}\n`, "utf16le"));
    assert.equal(readSimFile(file), `${a}\n`);
  });

  it("reports a file that does not exist, and one that cannot be read", () => {
    assert.throws(() => readSimFile(path.join(folder, "nix")), {
      message: "there is no such file",
    });
    assert.throws(() => readSimFile(folder), { message: "it cannot be read (EISDIR)" });
  });
});
