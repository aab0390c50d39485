/** Milliseconds that one call may take of everybody's time. */
const longestCallMs = 10;

/**
 * Whether a file is read and written at once or by another thread. While memory answers for the disk, as it mostly
 * does, a call takes less time than to hand it over and to fetch the bytes from another core's cache: an upload is
 * half as fast that way. But a disk that has to be waited for would hold up every session; the first call that takes
 * long is the last of its file that is made at once.
 */
export class Pace {
  private quick = true;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get isQuick(): boolean {
    return this.quick;
  }

  /** Makes a call at once. */
  at<T>(call: () => T): T {
    const started = this.now();
    try {
      return call();
    } finally {
      if (this.now() - started > longestCallMs) this.quick = false;
    }
  }
}
