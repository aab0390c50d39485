import type { Saved, SavedFigure } from "../../bench/saved";

const figure = (
  part: string,
  what: string,
  unit: string,
  values: number[],
  goal?: SavedFigure["goal"],
): SavedFigure => ({ part, what, unit, values, ...(goal ? { goal } : {}) });

const crowd = "50 clients, STOR and RETR of 1 MiB";

/** Figures as a run gives them, some of each kind. */
export const saved: Saved = {
  machine: "2 cores, Node 20",
  runs: 3,
  figures: [
    figure("start", "npm start to ready", "s", [1.7, 1.5, 1.6], { atMost: 4 }),
    figure("transfer", "STOR of 200 MiB", "MiB/s", [840.4, 800, 900], { atLeast: 500 }),
    figure("ftp", "twin: STOR of 200 MiB", "MiB/s", [840, 800, 900], { atLeast: 600 }),
    figure("ftp", "vsftpd: STOR of 200 MiB", "MiB/s", [600, 500, 700]),
    figure("ftp", `twin: ${crowd}, served`, "", [50], { atLeast: 50 }),
    figure("ftp", `twin: ${crowd}, time`, "s", [1.5]),
    figure("ftp", `vsftpd: ${crowd}, served`, "", [16]),
    figure("ftp", `vsftpd: ${crowd}, time`, "s", [0.5]),
    figure("ftp", "twin: memory per idle session", "KiB", [120], { atMost: 100 }),
    figure("identity", "own client: first reply at the CPU share of 512 MB (quota)", "ms", [400]),
    figure("identity", "own client: look-up alone, same run, p50", "ms", [1]),
    figure("identity", "AWS SDK: look-up alone, same run, p50", "ms", [1]),
    figure("identity", "(quoted) toolkit: first reply at the CPU share of 512 MB", "ms", [2580]),
  ],
};
