import * as grpc from "@grpc/grpc-js";

import { endWithParent } from "./parent";

/** A method of a service: returns the reply to a request; an error that it throws is reported to the engine. */
export type Handlers = Record<string, (request: never) => unknown>;

/**
 * Serves one of Pulumi's services to the engine that started this process: prints the port, then answers until
 * the engine ends. A method without a handler is answered as not implemented.
 */
export function listen(service: grpc.ServiceDefinition, handlers: Handlers): void {
  // One message can contain a function's bundle or all outputs of a stack.
  const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const server = new grpc.Server(unlimited);
  const implementation: grpc.UntypedServiceImplementation = {};
  for (const [name, handle] of Object.entries(handlers)) {
    implementation[name] = (
      call: grpc.ServerUnaryCall<unknown, unknown>,
      callback: grpc.sendUnaryData<unknown>,
    ) => {
      Promise.resolve()
        .then(() => handle(call.request as never))
        .then(
          (response) => callback(null, response),
          (error: Error) => callback({ code: grpc.status.UNKNOWN, details: error.message }),
        );
    };
  }
  server.addService(service, implementation);
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  endWithParent();
}
