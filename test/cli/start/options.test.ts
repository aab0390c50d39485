import assert from "node:assert/strict";
import * as path from "node:path";

import { Command, CommanderError } from "commander";

import { formatCidr } from "../../../lib/ipv4";
import { addStartOptions, twinOptions, type StartOptions } from "../../../cli/start/options";
import type { TwinOptions } from "../../../twin/options";
import { root } from "../../support/golden";

const env = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };

/** The options of a command line for stack dev. */
function parse(...argv: string[]): TwinOptions {
  const command = addStartOptions(new Command("start"))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse(argv, { from: "user" });
  return twinOptions({ ...command.opts<StartOptions>(), stack: "dev" }, root, env);
}

describe("start/options", () => {
  it("has a default for each option that the twin needs", () => {
    const { faults, users, ...rest } = parse();
    assert.deepEqual([faults, users], [[], []]);
    assert.deepEqual(
      Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
      {
        host: "127.0.0.1",
        port: 2121,
        passivePorts: [8192, 8200],
        generousPassivePorts: false,
        refusal: "silence",
        lockout: true,
        stack: "dev",
        data: path.join(root, ".twin", "dev"),
      },
    );
  });

  it("reads every option", () => {
    const options = parse(
      ...["--port", "0", "--passive-ports", "9000-9002", "--passive-ports", "wait", "--no-lockout"],
      ...["--user", "cam-01:a:b", "--user", "cam-02:c", "--device-address", "100.64.0.11"],
      ...["--fault", "drop-data:0.1", "--fault", "slow-login=20@3", "--explain"],
      ...["--idle-timeout", "0.5", "--data-timeout", "60", "--passive-address", "127.0.0.2"],
      ...["--record", "sessions.txt", "--data", "elsewhere", "--console"],
      ...["--device-addresses", "4", "--refuse", "reset"],
    );
    assert.deepEqual(options.passivePorts, [9000, 9002]);
    assert.deepEqual(options.users, [
      { name: "cam-01", password: "a:b" },
      { name: "cam-02", password: "c" },
    ]);
    assert.deepEqual(
      options.faults?.map(({ kind }) => kind),
      ["drop-data", "slow-login"],
    );
    const { port, generousPassivePorts, lockout, explain, deviceAddress } = options;
    assert.deepEqual(
      [port, generousPassivePorts, lockout, explain, deviceAddress],
      [0, true, false, true, "100.64.0.11"],
    );
    const { idleTimeout, dataTimeout, passiveAddress, record, data } = options;
    assert.deepEqual([idleTimeout, dataTimeout, passiveAddress], [0.5, 60, "127.0.0.2"]);
    assert.deepEqual([record, data], ["sessions.txt", path.resolve("elsewhere")]);
    assert.deepEqual([options.deviceAddresses, options.refusal], [4, "reset"]);
    assert.equal(options.console, 2180);
    assert.equal(parse("--console", "0").console, 0);
  });

  it("serves a local network with --lan: the /24 of its address, or the blocks of --allow", () => {
    const allowed = (...args: string[]) =>
      parse("--lan", "--host", "192.168.1.5", ...args).lan?.allow.map(formatCidr);
    const own = ["127.0.0.0/8", "192.168.1.5/32"];
    assert.deepEqual(allowed(), ["192.168.1.0/24", ...own]);
    assert.deepEqual(allowed("--allow", "10.0.0.7", "--allow", "10.1.0.0/16"), [
      ...["10.0.0.7/32", "10.1.0.0/16"],
      ...own,
    ]);
    assert.equal(parse().lan, undefined);
  });

  it("keeps the data of a state file apart from a stack's", () => {
    assert.equal(parse("--state", "state.json").data, path.join(root, ".twin", "state"));
  });

  it("takes the credentials of an S3-compatible service from the environment", () => {
    const { s3 } = parse("--store", "s3://bucket/", "--s3-endpoint", "http://127.0.0.1:9000");
    assert.deepEqual(s3, {
      bucket: "bucket",
      endpoint: "http://127.0.0.1:9000",
      region: "us-east-1",
      accessKeyId: "AKIDEXAMPLE",
      secretAccessKey: "secret",
      sessionToken: undefined,
    });
  });

  const wrong: [string, string[], RegExp][] = [
    ["ten passive ports", ["--passive-ports", "8192-8201"], /1 to 9 ports/],
    ["passive ports in the wrong order", ["--passive-ports", "8200-8192"], /1 to 9 ports/],
    ["a port above the highest", ["--port", "65536"], /0 to 65535/],
    ["a block that is none", ["--host", "192.168.1.5", "--lan", "--allow", "x"], /A block such as/],
    ["a user without a password", ["--user", "cam"], /NAME:PASSWORD/],
    ["an unknown fault", ["--fault", "drop-everything"], /drop-control {2}resets/],
    ["a timeout of 0", ["--idle-timeout", "0"], /from 0.001 to 86400/],
    ["a bucket that is not a URL", ["--store", "bucket"], /s3:\/\/my-bucket/],
    ["a device that is not an address", ["--device-address", "here"], /IPv4/],
  ];
  for (const [what, argv, message] of wrong) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => parse(...argv),
        (error) => error instanceof CommanderError && message.test(error.message),
      );
    });
  }

  const wrongTogether: [string, string[], RegExp][] = [
    ["an address that is not loopback", ["--host", "192.168.1.5"], /add --lan/],
    ["every address", ["--host", "0.0.0.0", "--lan"], /is every address/],
    ["--lan without an address", ["--lan"], /--lan needs --host/],
    ["--allow without --lan", ["--allow", "192.168.1.0/24"], /--allow needs --lan/],
    ["a wide --allow", ["--host", "192.168.1.5", "--lan", "--allow", "0.0.0.0/0"], /wider than a/],
  ];
  for (const [what, argv, message] of wrongTogether) {
    it(`refuses ${what}, with the remedy`, () => assert.throws(() => parse(...argv), message));
  }

  it("refuses a bucket without its service, and the reverse", () => {
    assert.throws(() => parse("--store", "s3://bucket"), /given together/);
    assert.throws(() => parse("--s3-endpoint", "http://127.0.0.1:9000"), /given together/);
  });
});
