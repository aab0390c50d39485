import * as grpc from "@grpc/grpc-js";
import { version } from "@pulumi/pulumi/package.json";
import * as langproto from "@pulumi/pulumi/proto/language_pb";
import * as plugproto from "@pulumi/pulumi/proto/plugin_pb";
import * as emptyproto from "google-protobuf/google/protobuf/empty_pb";

import { listen } from "../listen";
import { runProgram } from "./run-program";

/** The service's description; its type declaration refers to an outdated gRPC library. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb") as {
  LanguageRuntimeService: grpc.ServiceDefinition;
};

/**
 * The part of Pulumi's language host for Node.js that an engine without one needs: it runs programs with Pulumi's
 * own `cmd/run`. Packages are already installed and plugins are on PATH, so it reports no required plugins.
 */
listen(LanguageRuntimeService, {
  handshake: () => new langproto.LanguageHandshakeResponse(),
  getPluginInfo: () => {
    const info = new plugproto.PluginInfo();
    info.setVersion(version);
    return info;
  },
  getRequiredPackages: () => new langproto.GetRequiredPackagesResponse(),
  getRequiredPlugins: () => new langproto.GetRequiredPluginsResponse(),
  runtimeOptionsPrompts: () => new langproto.RuntimeOptionsResponse(),
  template: () => new langproto.TemplateResponse(),
  cancel: () => new emptyproto.Empty(),
  run: async (request: langproto.RunRequest) => {
    const ended = await runProgram(request, process.argv[2]);
    const response = new langproto.RunResponse();
    response.setError(ended.error);
    response.setBail(ended.isReported);
    return response;
  },
});
