import assert from "node:assert/strict";
import { factFormat, longFormat, nameFormat } from "../../../twin/ftp/listing";
import type { Entry } from "../../../twin/ftp/service";
import { isMachineTime, listTime, machineTime } from "../../../twin/ftp/timestamp";

const testTime = new Date("2020-04-24T12:00:00Z");

const file: Entry = {
  name: "setup_air.sh",
  type: "file",
  size: 5503,
  modified: new Date("2020-04-24T03:38:07.009Z"),
};
const folder: Entry = { ...file, name: "logs", type: "directory", size: 0 };

describe("listing lines", () => {
  it("LIST shows a file as the real service did", () => {
    assert.equal(
      longFormat(testTime)(file),
      "-rw-------   1 - -         5503 Apr 24 03:38 setup_air.sh\r\n",
    );
  });

  it("LIST shows a folder with size 0", () => {
    assert.equal(
      longFormat(testTime)(folder),
      "drwx------   3 - -            0 Apr 24 03:38 logs\r\n",
    );
  });

  it("LIST lets a size grow past its column", () => {
    const line = longFormat(testTime)({ ...file, size: 5_497_558_138_880 });
    assert.match(line, /^-rw------- {3}1 - - 5497558138880 Apr/);
  });

  it("NLST shows the name alone", () => {
    assert.equal(nameFormat(file), "setup_air.sh\r\n");
  });

  it("MLSD shows the chosen facts in their order", () => {
    assert.equal(
      factFormat(["Size", "Modify", "Type"])(file),
      "Size=5503;Modify=20200424033807.009;Type=file; setup_air.sh\r\n",
    );
    assert.equal(factFormat(["Perm", "Type"])(folder), "Perm=elfpcm;Type=dir; logs\r\n");
    assert.equal(factFormat(["Perm"])(file), "Perm=radfw; setup_air.sh\r\n");
    assert.equal(factFormat([])(file), " setup_air.sh\r\n");
  });

  it("a line end in a name does not make two lines", () => {
    assert.equal(nameFormat({ ...file, name: "a\r\nb" }), "a??b\r\n");
  });
});

describe("times", () => {
  it("LIST pads the day and shows the year for what is older or newer than 183 days", () => {
    const daysAgo = (days: number): Date => new Date(testTime.getTime() - days * 86_400_000);
    assert.equal(listTime(new Date("2020-04-05T03:08:00Z"), testTime), "Apr  5 03:08");
    assert.equal(listTime(daysAgo(183), testTime), "Oct 24 12:00");
    assert.equal(listTime(daysAgo(184), testTime), "Oct 23  2019");
    assert.equal(listTime(daysAgo(-184), testTime), "Oct 25  2020");
  });

  it("MDTM has milliseconds", () => {
    assert.equal(machineTime(file.modified), "20200424033807.009");
  });

  it("MFMT takes real times only", () => {
    assert.equal(isMachineTime("20200229120000"), true);
    assert.equal(isMachineTime("20200229120000.123"), true);
    assert.equal(isMachineTime("20210229120000"), false);
    assert.equal(isMachineTime("20201301120000"), false);
    assert.equal(isMachineTime("2020"), false);
    assert.equal(isMachineTime("yesterday"), false);
  });
});
