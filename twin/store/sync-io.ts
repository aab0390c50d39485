/** Milliseconds that one synchronous call may delay other sessions. */
const longestCallMs = 10;

/** Calls by the thread pool after the first slow call; twice as many after each further one. */
const firstPause = 4;

/**
 * Whether a file is read and written by synchronous calls or by the thread pool. A call that the page cache serves, as
 * usual, is faster synchronously than by a thread on another core: with the thread pool an upload is half as fast.
 * A synchronous call to a slow disk, however, delays every session, so a slow call is followed by calls that use the
 * thread pool. Then another synchronous call shows whether the disk is slow or only the processor was busy.
 */
export class SyncIo {
  private pause = firstPause;
  private remaining = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Whether the next call is to be synchronous. Asked once for each call. */
  takeTurn(): boolean {
    if (this.remaining === 0) return true;
    this.remaining--;
    return false;
  }

  /** Makes a synchronous call and measures it. */
  run<T>(call: () => T): T {
    const started = this.now();
    try {
      return call();
    } finally {
      if (this.now() - started > longestCallMs) {
        this.remaining = this.pause;
        this.pause *= 2;
      }
    }
  }
}
