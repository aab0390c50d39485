/** Texts and lists of bounded size, for any input of devices. */

/** The most characters of a text. */
const maxTextLength = 240;

/** A device's text, shortened to a length that can be kept and shown. */
export function clip(text: string): string {
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
}

/** The newest items that were added. */
export class Newest<T> {
  private kept: T[] = [];

  constructor(private readonly maxSize: number) {}

  add(item: T): void {
    this.kept.push(item);
    // Old items are dropped in bulk: dropping one at a time would copy the list for each new item.
    if (this.kept.length >= this.maxSize * 2) this.kept = this.kept.slice(-this.maxSize);
  }

  /** Oldest first. */
  get all(): readonly T[] {
    return this.kept.slice(-this.maxSize);
  }
}

/** The latest items that were set, by key. */
export class Latest<K, V> {
  private readonly kept = new Map<K, V>();

  constructor(private readonly maxSize: number) {}

  get(key: K): V | undefined {
    return this.kept.get(key);
  }

  /**
   * Sets an item as the latest.
   *
   * @param mayLeave - Which items are dropped before others when there are too many.
   * @returns the key of the item that was dropped
   */
  set(key: K, value: V, mayLeave: (value: V) => boolean = () => true): K | undefined {
    this.kept.delete(key);
    this.kept.set(key, value);
    if (this.kept.size <= this.maxSize) return undefined;
    const keys = [...this.kept.keys()].slice(0, -1);
    const leaving = keys.find((each) => mayLeave(this.kept.get(each)!)) ?? keys[0];
    this.kept.delete(leaving);
    return leaving;
  }

  delete(key: K): boolean {
    return this.kept.delete(key);
  }

  /** Latest last. */
  get all(): readonly V[] {
    return [...this.kept.values()];
  }
}
