import type { VirtualPrivateGatewayArgs } from "../../components/vpg";
import type { Resource } from "../../lib/stack/resource";

export const vpgArgs: VirtualPrivateGatewayArgs = {
  coverage: "jp",
  region: "ap-northeast-1",
  owner: "other-program/test/k3j9x2ab4m",
};

/** The specification that a Command passes to the driver. */
export const specOf = (command: Resource) =>
  JSON.parse((command.inputs.environment as Record<string, string>).CANAL_FTP_SPEC) as Record<
    string,
    unknown
  >;
