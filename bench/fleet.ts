import { importAndLogIn } from "./identity/fleet-logins";
import { Figure } from "./measure";
import { startTwin } from "./start";

const size = { users: 10_000, logins: 1000 };

/**
 * A large fleet in the twin: its import, and logins by random users of it. It is measured once, because it takes
 * minutes.
 */
export async function fleetFigures(): Promise<Figure[]> {
  const twin = await startTwin();
  try {
    const write = (text: string) => void process.stderr.write(text);
    const figures = await importAndLogIn(twin.data, twin.ftp, size, write);
    const { imported, importSeconds, granted, refused, loginMilliseconds } = figures;
    return [
      {
        what: `fleet: users imported into the twin, of ${size.users}`,
        unit: "users",
        values: [imported],
        goal: { atLeast: size.users },
      },
      { what: "fleet: import", unit: "s", values: [importSeconds] },
      {
        what: `fleet: logins by random users granted, of ${size.logins}`,
        unit: "logins",
        values: [granted],
        goal: { atLeast: size.logins },
      },
      { what: "fleet: logins refused", unit: "logins", values: [refused], goal: { atMost: 0 } },
      { what: "fleet: login, p50 of 8 at a time", unit: "ms", values: [loginMilliseconds.p50] },
      { what: "fleet: login, p99 of 8 at a time", unit: "ms", values: [loginMilliseconds.p99] },
      { what: "fleet: logins a second", unit: "1/s", values: [figures.loginsPerSecond] },
    ];
  } finally {
    await twin.stop();
  }
}
