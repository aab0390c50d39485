import { addJsonOption, addStackOption, type DefineCommand } from "../core/command";
import { refuseSwallowedOptions } from "./npm-options";
import { addStartOptions, twinOptions, type StartOptions } from "./options";

export const define: DefineCommand = (command, context) => {
  addJsonOption(addStartOptions(addStackOption(command, context)))
    .addHelpText(
      "after",
      `
Evaluates the stack's program and serves FTP on loopback as the deployed stack would; see docs/twin.md.

Examples:
  canal-ftp start
  canal-ftp start --stack prod --user camera01:k3Jd82hsQp0xYtz
  pulumi stack export -s prod | canal-ftp start --state -   # what is deployed
  canal-ftp start --console                    # with a page for the browser
  canal-ftp start --fault drop-data:0.1 --fault slow-login=20@3
  canal-ftp start --host 192.168.1.5 --lan     # for devices on the local network
  canal-ftp start --device-address 10.1.2.3    # not behind the VPG: refused, and the log has the reason`,
    )
    .action(async (options: StartOptions) => {
      refuseSwallowedOptions(command, context.env);
      // Loaded on use, so that --help does not load the twin.
      const { start } = await import("./start");
      await start(twinOptions(options, context.root, context.env), options.json, context);
    });
};
