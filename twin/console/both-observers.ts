import type { TwinObserver } from "../twin";

/** Tells two observers, the first one first. */
export function bothObservers(first: TwinObserver, second: TwinObserver): TwinObserver {
  const told = [first, second];
  const explaining = told.filter(({ explain }) => explain !== undefined);
  return {
    ftp: (event) => told.forEach(({ ftp }) => ftp(event)),
    notice: (text) => told.forEach(({ notice }) => notice(text)),
    fault: (text) => told.forEach(({ fault }) => fault(text)),
    login: (printed) => told.forEach(({ login }) => login?.(printed)),
    event: (event) => told.forEach(({ event: tell }) => tell?.(event)),
    report: {
      finding: (session, finding) =>
        told.forEach(({ report }) => report?.finding(session, finding)),
      summary: (summary) => told.forEach(({ report }) => report?.summary(summary)),
    },
    // Asked for by being there.
    ...(explaining.length > 0
      ? { explain: (lines) => explaining.forEach((one) => one.explain?.(lines)) }
      : {}),
  };
}
