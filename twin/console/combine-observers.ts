import type { TwinObserver } from "../twin";

/** Passes everything to two observers, to the first one first. */
export function combineObservers(first: TwinObserver, second: TwinObserver): TwinObserver {
  const observers = [first, second];
  const explaining = observers.filter(({ explain }) => explain !== undefined);
  return {
    ftp: (event) => observers.forEach(({ ftp }) => ftp(event)),
    notice: (text) => observers.forEach(({ notice }) => notice(text)),
    fault: (text) => observers.forEach(({ fault }) => fault(text)),
    login: (printed) => observers.forEach(({ login }) => login?.(printed)),
    event: (event) => observers.forEach((observer) => observer.event?.(event)),
    report: {
      finding: (session, finding) =>
        observers.forEach(({ report }) => report?.finding(session, finding)),
      summary: (summary) => observers.forEach(({ report }) => report?.summary(summary)),
    },
    // The twin explains refusals only to an observer with this function.
    ...(explaining.length > 0
      ? { explain: (lines) => explaining.forEach((observer) => observer.explain?.(lines)) }
      : {}),
  };
}
