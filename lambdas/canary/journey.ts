import { randomBytes } from "node:crypto";

import { FtpClient } from "./ftp-client";
import { FtpFailure } from "./ftp-failure";
import type { Step } from "./steps";

export interface Target {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Time limit of all steps together. */
  readonly timeoutMs: number;
}

/** The result of one journey to one address of the endpoint. */
export interface Journey {
  readonly address: string;
  /** Undefined when every step succeeded. */
  readonly failed?: { readonly step: Step; readonly reason: string };
  /** Of the started steps. */
  readonly milliseconds: Partial<Record<Step, number>>;
}

/** More than one packet. */
const probeBytes = 4096;

/**
 * Performs the steps of a device: connects, logs in, uploads, lists, downloads, compares, deletes. Never rejects: a
 * failure is its result.
 *
 * The file has the same name each time, so that a file that could not be deleted is overwritten and files do not
 * accumulate. Its contents differ each time, so that an old file is not mistaken for the new one.
 */
export async function runJourney(target: Target): Promise<Journey> {
  const { address, port, user, password, timeoutMs } = target;
  const name = `canary-${address}.txt`;
  const sent = Buffer.from(randomBytes(probeBytes / 2).toString("hex"));
  const milliseconds: Partial<Record<Step, number>> = {};
  let current: Step = "connect";
  const step = async <T>(next: Step, take: () => T | Promise<T>): Promise<T> => {
    current = next;
    const started = performance.now();
    try {
      return await take();
    } finally {
      milliseconds[next] = Math.round((performance.now() - started) * 10) / 10;
    }
  };

  let client: FtpClient | undefined;
  try {
    const ftp = await step("connect", () => FtpClient.connect(address, port, timeoutMs));
    client = ftp;
    await step("login", () => ftp.login(user, password));
    await step("upload", () => ftp.store(name, sent));
    const listing = await step("list", () => ftp.list());
    if (!listing.some((line) => line.endsWith(` ${name}`))) {
      throw new FtpFailure(`${name} is not in the listing of ${listing.length} lines`);
    }
    const fetched = await step("download", () => ftp.retrieve(name));
    await step("compare", () => requireSame(sent, fetched));
    await step("delete", () => ftp.delete(name));
    // All steps are done: a server that does not answer QUIT raises no alarm.
    await ftp.quit().catch(() => undefined);
    return { address, milliseconds };
  } catch (error) {
    const { message } = error as Error;
    return { address, failed: { step: current, reason: message }, milliseconds };
  } finally {
    client?.close();
  }
}

function requireSame(sent: Buffer, fetched: Buffer): void {
  if (sent.equals(fetched)) return;
  throw new FtpFailure(`${sent.length} bytes were sent, ${fetched.length} others came back`);
}
