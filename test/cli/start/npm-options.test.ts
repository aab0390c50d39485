import assert from "node:assert/strict";
import { Command } from "commander";

import { refuseSwallowedOptions } from "../../../cli/start/npm-options";

/** The check on a command line, with this environment. */
function check(argv: readonly string[], env: NodeJS.ProcessEnv): () => void {
  const command = new Command()
    .option("--console")
    .option("--ftp-port <port>", "", "2121")
    .option("--json")
    .option("--no-lockout");
  command.parse(argv, { from: "user" });
  return () => refuseSwallowedOptions(command, env);
}

describe("refuseSwallowedOptions", () => {
  const npm = { npm_lifecycle_event: "start" };

  it("names the option that npm took, and how to give it", () => {
    assert.throws(check([], { ...npm, npm_config_console: "true" }), {
      exitCode: 2,
      message: "npm took --console as its own option: npm start -- --console",
    });
    assert.throws(check([], { ...npm, npm_config_ftp_port: "2122" }), /npm start -- --ftp-port/);
  });

  it("recognizes a negated option, which npm passes as an empty value", () => {
    assert.throws(check([], { ...npm, npm_config_lockout: "" }), /npm start -- --no-lockout$/);
    check(["--no-lockout"], { ...npm, npm_config_lockout: "" })();
  });

  it("accepts an option that the command got as well", () => {
    check(["--console"], { ...npm, npm_config_console: "true" })();
  });

  it("accepts npm's own options of the same name", () => {
    check([], { ...npm, npm_config_json: "true" })();
  });

  it("checks nothing outside of npm start", () => {
    check([], { npm_config_console: "true" })();
    check([], { npm_lifecycle_event: "test", npm_config_console: "true" })();
  });
});
