/** Texts of devices and lists of what happened, at sizes that do not grow with a session's length. */

/** Characters of a text that are kept. */
const LONGEST = 240;

/** A text of a device at a length that can be kept and shown. */
export function clip(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The newest of what was put in. */
export class Newest<T> {
  private kept: T[] = [];

  constructor(private readonly most: number) {}

  add(item: T): void {
    this.kept.push(item);
    // Dropped in bulk: moving all of them for each new one would be a copy of the list every time.
    if (this.kept.length >= this.most * 2) this.kept = this.kept.slice(-this.most);
  }

  /** Oldest first. */
  get all(): readonly T[] {
    return this.kept.slice(-this.most);
  }
}

/** The latest of what was put in under its key. */
export class Latest<K, V> {
  private readonly kept = new Map<K, V>();

  constructor(private readonly most: number) {}

  get(key: K): V | undefined {
    return this.kept.get(key);
  }

  /** Puts it in as the latest; gives the key that had to leave for it. */
  set(key: K, value: V, mayLeave: (value: V) => boolean = () => true): K | undefined {
    this.kept.delete(key);
    this.kept.set(key, value);
    if (this.kept.size <= this.most) return undefined;
    const keys = [...this.kept.keys()].slice(0, -1);
    const leaving = keys.find((one) => mayLeave(this.kept.get(one)!)) ?? keys[0];
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
