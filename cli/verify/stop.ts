import { UserError } from "../core/errors";

/** Runs the function, and rejects as soon as the signal is aborted, without waiting for it. */
export async function untilStopped<T>(stop: AbortSignal, act: () => Promise<T>): Promise<T> {
  let onAbort: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    onAbort = () => reject(new UserError("Interrupted; the temporary user is removed."));
    if (stop.aborted) onAbort();
    else stop.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([act(), stopped]);
  } finally {
    stop.removeEventListener("abort", onAbort);
  }
}
