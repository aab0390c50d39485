import { createServer } from "node:net";

/**
 * A range of ports on 127.0.0.1, as first and last, that were all free a moment ago. Below those the system hands
 * out by itself, so that what is taken in between is taken by another test only.
 */
export async function freeRange(count: number): Promise<[number, number]> {
  for (;;) {
    const from = 20_000 + Math.floor(Math.random() * 12_000);
    const range = Array.from({ length: count }, (_, index) => from + index);
    if ((await Promise.all(range.map(isFree))).every(Boolean)) {
      return [from, from + count - 1];
    }
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
