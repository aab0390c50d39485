/** Open descriptors of a twin without sessions: ports, tables, threads. */
const ownDescriptors = 60;

/** Share of the limit, and maximum number of descriptors, reserved for files and data connections. */
const [freeShare, mostFree] = [1 / 4, 100];

/** The limits of a process in Node's diagnostic report; Windows has none. */
interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft?: number | "unlimited" } };
}

/**
 * Maximum number of concurrent sessions, so that idle clients leave descriptors for those that transfer files;
 * undefined when the process has no limit.
 */
export function sessionLimit(
  report = process.report.getReport() as unknown as Report,
): number | undefined {
  const limit = report.userLimits?.open_files?.soft;
  if (typeof limit !== "number") return undefined;
  return Math.max(1, Math.floor(limit - ownDescriptors - Math.min(mostFree, limit * freeShare)));
}
