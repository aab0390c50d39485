import assert from "node:assert/strict";

import type { StackConfig } from "../../../lib/stack/stack-config";
import type { TwinUser } from "../../../twin/options";
import { programUsers as usersOf } from "../../../twin/source/program-users";

const config = (values: Record<string, string>) => ({
  project: "canal-ftp",
  values,
  encrypted: [],
});
const camera = { name: "camera01", password: "k3Jd82hsQp0xYtz" };
const plc = { name: "plc02", password: "k3Jd82hsQp0xAAA" };

const generated = { name: "myuser", password: "k3Jd82hsQp0xCCC" };
const programUsers = (found: StackConfig, named: readonly TwinUser[]) =>
  usersOf(found, named, generated);

describe("twin/source/program-users", () => {
  it("are those of the stack's file, passed to the program as a secret", () => {
    const values = { "canal-ftp:users": JSON.stringify([camera]), "aws:region": "eu-west-1" };
    const found = programUsers(config(values), []);
    assert.deepEqual(found, {
      users: [camera],
      asSecrets: false,
      values,
      secretKeys: ["canal-ftp:users"],
    });
  });

  it("of the command line are added, and replace those with the same name", () => {
    const values = { "canal-ftp:users": JSON.stringify([camera, plc]) };
    const mine = { ...camera, password: "k3Jd82hsQp0xBBB" };
    const { users, values: given } = programUsers(config(values), [mine]);
    assert.deepEqual(users, [plc, mine]);
    assert.deepEqual(JSON.parse(given["canal-ftp:users"]), [plc, mine]);
  });

  it("are one generated user when there are none", () => {
    assert.deepEqual(programUsers(config({}), []).users, [generated]);
  });

  it("that are secrets are not in the program's configuration, which would reject them", () => {
    const values = { "canal-ftp:userStore": "secretsmanager" };
    const found = programUsers(config(values), [camera]);
    assert.deepEqual([found.users, found.asSecrets, found.values], [[camera], true, values]);
  });

  it("that are not a list are passed to the program, which reports the mistake", () => {
    const values = { "canal-ftp:users": '"camera01"' };
    const found = programUsers(config(values), []);
    assert.deepEqual([found.users, found.values], [[], values]);
  });
});
