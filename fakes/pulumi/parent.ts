/** A provider keeps running when its engine is killed, so it checks whether its parent still exists. */
export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 500).unref();
}
