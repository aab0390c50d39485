import * as grpc from "@grpc/grpc-js";
import * as emptyproto from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as plugproto from "@pulumi/pulumi/proto/plugin_pb";
import * as provproto from "@pulumi/pulumi/proto/provider_pb";

import { readUrn } from "../../lib/stack/urn";
import { connectLog } from "./engine-log";
import { listen } from "./listen";
import { Existing, Provider, ResourceRequest } from "./provider";
import { markSecrets, Properties, readProperties } from "./values";

/** The service's description; its type declaration refers to an outdated gRPC library. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb") as {
  ResourceProviderService: grpc.ServiceDefinition;
};

/**
 * Serves a provider to Pulumi's engine: prints the port, then answers until the engine ends. Not
 * `@pulumi/pulumi/provider`, which passes a provider neither its configuration nor whether this is a preview.
 */
export function serve(provider: Provider, version: string): void {
  const log = connectLog(process.argv[2]);
  const subject = (request: { getUrn(): string }): ResourceRequest => {
    const urn = request.getUrn();
    const { type, name } = readUrn(urn);
    return { urn, type, name, log: (line) => log(urn, line) };
  };
  const existing = (request: {
    getUrn(): string;
    getId(): string;
    getOldInputs(): Struct | undefined;
    getOlds?(): Struct | undefined;
    getProperties?(): Struct | undefined;
  }): Existing => ({
    ...subject(request),
    id: request.getId(),
    oldInputs: readProperties(request.getOldInputs()).values,
    oldOutputs: readProperties(request.getOlds?.() ?? request.getProperties?.()).values,
  });
  const outputsOf = (outputs: Properties, secretInputs: string[]) =>
    struct(markSecrets(outputs, provider.secretOutputs(outputs, secretInputs)));

  const handlers: Record<string, (request: never) => unknown> = {
    getPluginInfo: () => {
      const info = new plugproto.PluginInfo();
      info.setVersion(version);
      return info;
    },
    attach: () => new emptyproto.Empty(),
    cancel: () => {
      provider.cancel?.();
      return new emptyproto.Empty();
    },
    checkConfig: (request: provproto.CheckRequest) => {
      const response = new provproto.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    },
    diffConfig: () => new provproto.DiffResponse(),
    configure: (request: provproto.ConfigureRequest) => {
      const given = [...request.getVariablesMap().entries()] as [string, string][];
      provider.configure(
        Object.fromEntries(given.map(([key, value]) => [key.split(":").pop(), value])),
      );
      const response = new provproto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    },
    check: (request: provproto.CheckRequest) => {
      const response = new provproto.CheckResponse();
      response.setInputs(request.getNews());
      response.setFailuresList(
        provider.check(subject(request), readProperties(request.getNews()).values).map((reason) => {
          const failure = new provproto.CheckFailure();
          failure.setReason(reason);
          return failure;
        }),
      );
      return response;
    },
    diff: (request: provproto.DiffRequest) => {
      const difference = provider.diff(existing(request), readProperties(request.getNews()).values);
      const response = new provproto.DiffResponse();
      const { DIFF_SOME, DIFF_NONE } = provproto.DiffResponse.DiffChanges;
      response.setChanges(difference.changed.length > 0 ? DIFF_SOME : DIFF_NONE);
      response.setDiffsList([...difference.changed]);
      response.setReplacesList([...difference.replaces]);
      return response;
    },
    create: async (request: provproto.CreateRequest) => {
      const { values, secrets } = readProperties(request.getProperties());
      const made = await provider.create(subject(request), values, request.getPreview());
      const response = new provproto.CreateResponse();
      response.setId(made.id);
      response.setProperties(outputsOf(made.outputs, secrets));
      return response;
    },
    read: async (request: provproto.ReadRequest) => {
      const { secrets } = readProperties(request.getInputs());
      const now = await provider.read({
        ...subject(request),
        id: request.getId(),
        oldInputs: readProperties(request.getInputs()).values,
        oldOutputs: readProperties(request.getProperties()).values,
      });
      const response = new provproto.ReadResponse();
      if (!now) return response;
      response.setId(request.getId());
      response.setProperties(outputsOf(now.outputs, secrets));
      response.setInputs(struct(markSecrets(now.inputs, secrets)));
      return response;
    },
    update: async (request: provproto.UpdateRequest) => {
      const { values, secrets } = readProperties(request.getNews());
      const outputs = await provider.update(existing(request), values, request.getPreview());
      const response = new provproto.UpdateResponse();
      response.setProperties(outputsOf(outputs, secrets));
      return response;
    },
    delete: async (request: provproto.DeleteRequest) => {
      await provider.delete(existing(request));
      return new emptyproto.Empty();
    },
    invoke: async (request: provproto.InvokeRequest) => {
      const { values } = readProperties(request.getArgs());
      const response = new provproto.InvokeResponse();
      response.setReturn(struct(await provider.invoke(request.getTok(), values)));
      return response;
    },
  };
  listen(ResourceProviderService, handlers);
}

const struct = (values: Properties): Struct => Struct.fromJavaScript(values as never);
