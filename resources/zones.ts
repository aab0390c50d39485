/** One zone as AWS lists it (EC2 API, AvailabilityZone). */
export interface Zone {
  readonly name: string;
  readonly type: "availability-zone" | "local-zone";
}

/**
 * The zones of an account in a region: `TWIN_ZONES`, names separated by commas, or the first three letters. Local
 * Zones have longer names, for example ap-northeast-1-tpe-1a.
 */
export function zonesOf(region: string, env: NodeJS.ProcessEnv = process.env): Zone[] {
  const names = env.TWIN_ZONES?.split(",") ?? ["a", "b", "c"].map((letter) => `${region}${letter}`);
  return names.map((name) => ({
    name,
    type: name.length > region.length + 1 ? "local-zone" : "availability-zone",
  }));
}
