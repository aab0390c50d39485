/** Milliseconds that one synchronous call may hold up other sessions. */
const longestCallMs = 10;

/**
 * Whether a file is read and written by synchronous calls or by the thread pool. While the page cache answers for the
 * disk, as it mostly does, a synchronous call takes less time than to hand it over and to fetch the bytes from another
 * core's cache: by the thread pool an upload is half as fast. But a disk that has to be waited for would hold up every
 * session; the first call that takes long is the last synchronous one of its file.
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
