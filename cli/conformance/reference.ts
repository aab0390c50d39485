import { startTwin } from "../../twin/twin";
import type { Target } from "./transcript";

/** Starts a twin of the stack in this process, with the user of the comparison. */
export async function startReference(
  root: string,
  options: {
    readonly stack: string;
    readonly user: string;
    readonly password: string;
    readonly data: string;
  },
): Promise<{ target: Target; close(): Promise<void> }> {
  const { stack, user, password, data } = options;
  const nothing = (): void => undefined;
  const twin = await startTwin(
    root,
    {
      stack,
      host: "127.0.0.1",
      port: 0,
      // Different ports from those of a twin that may be running.
      passivePorts: [18192, 18200],
      data,
      users: [{ name: user, password }],
      lockout: false,
    },
    { ftp: nothing, notice: nothing, fault: nothing },
  );
  const { host, port } = twin.ftp;
  return { target: { host, port, user, password }, close: () => twin.close() };
}
