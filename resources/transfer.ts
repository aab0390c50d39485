import { Answerer, hex } from "./context";

export const transfer: Record<string, Answerer> = {
  "aws:transfer/server:Server": (name, inputs, context) => {
    const id = `s-${hex(name, 17)}`;
    const details = inputs.endpointDetails as Record<string, unknown> | undefined;
    return {
      id,
      outputs: {
        arn: context.arn("transfer", `server/${id}`),
        // A server in a VPC has this name too, and it does not resolve: the VPC endpoint's does.
        endpoint: `${id}.server.transfer.${context.region}.amazonaws.com`,
        endpointDetails: details && { ...details, vpcEndpointId: `vpce-${hex(name, 17)}` },
      },
    };
  },
};
