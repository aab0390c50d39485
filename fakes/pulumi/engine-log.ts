import * as grpc from "@grpc/grpc-js";
import * as engineproto from "@pulumi/pulumi/proto/engine_pb";

interface EngineClient {
  log(request: engineproto.LogRequest, callback: () => void): void;
}

/** The client's code; its type declaration refers to an outdated gRPC library. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb") as {
  EngineClient: new (address: string, credentials: grpc.ChannelCredentials) => EngineClient;
};

/** Sends lines to the engine's log, each with its resource; without an engine it does nothing. */
export function connectLog(address: string | undefined): (urn: string, line: string) => void {
  if (address === undefined) return () => undefined;
  const client = new EngineClient(address, grpc.credentials.createInsecure());
  return (urn, line) => {
    const request = new engineproto.LogRequest();
    request.setSeverity(engineproto.LogSeverity.INFO);
    request.setUrn(urn);
    request.setMessage(line);
    client.log(request, () => undefined);
  };
}
