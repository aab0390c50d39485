/** Milliseconds that one synchronous call may delay other sessions. */
const longestCallMs = 10;

/**
 * Whether a file is read and written by synchronous calls or by the thread pool. A call that the page cache serves, as
 * usual, is faster synchronously than by a thread on another core: with the thread pool an upload is half as fast.
 * A synchronous call to a slow disk, however, delays every session, so after the first slow call of a file its further
 * calls use the thread pool.
 */
export class SyncIo {
  private fast = true;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get isAllowed(): boolean {
    return this.fast;
  }

  /** Makes a synchronous call and measures it. */
  run<T>(call: () => T): T {
    const started = this.now();
    try {
      return call();
    } finally {
      if (this.now() - started > longestCallMs) this.fast = false;
    }
  }
}
