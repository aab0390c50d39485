import type { AddressInfo, Server } from "node:net";

/**
 * Binds a server; rejects with an error that names the port that is not available, and the remedy.
 *
 * @param onFault - Receives connections that the system could not accept later.
 */
export async function listenOn(
  server: Server,
  host: string,
  port: number,
  onFault: (error: Error) => void = () => undefined,
): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(explained(error, host, port));
    server.once("error", fail);
    // A thousand devices may connect at the full hour; the system caps a value above its own limit.
    server.listen({ host, port, backlog: 4096 }, () => {
      server.removeListener("error", fail);
      // Without free descriptors the system refuses connections; the server continues when there are some again.
      server.on("error", onFault);
      resolve();
    });
  });
  return server.address() as AddressInfo;
}

/** Stops listening; resolves when the port is free again, also for a server that never listened. */
export async function stopListening(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const explanations: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is in use: stop the program that listens there, or choose another port.`,
    EACCES: `Port ${port} on ${host} may not be used by this user: choose one above 1023.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: choose another host to listen on.`,
  };
  const explanation = explanations[error.code ?? ""];
  return explanation === undefined ? error : new Error(explanation, { cause: error });
}
