import { large, largeFile, mebibytes } from "./ftp/large";
import { startMeasuredTwin } from "./ftp/servers";
import { Figure } from "./measure";

/** Transfer rates of one large file through the twin. */
export async function transferFigures(runs: number): Promise<Figure[]> {
  const twin = await startMeasuredTwin();
  try {
    const [{ stor, retr }] = await large([twin], largeFile(), runs);
    const goal = { atLeast: 500 };
    return [
      { what: `STOR of ${mebibytes} MiB`, unit: "MiB/s", values: stor, goal },
      { what: `RETR of ${mebibytes} MiB`, unit: "MiB/s", values: retr, goal },
    ];
  } finally {
    await twin.stop();
  }
}
