import { UserError } from "../core/errors";

/** Does something, and rejects as soon as the signal comes: what is under way is not waited for. */
export async function untilStopped<T>(stop: AbortSignal, act: () => Promise<T>): Promise<T> {
  let onAbort: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    onAbort = () => reject(new UserError("Stopped; the temporary user is removed."));
    if (stop.aborted) onAbort();
    else stop.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([act(), stopped]);
  } finally {
    stop.removeEventListener("abort", onAbort);
  }
}
