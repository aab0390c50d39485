const seconds = { h: 3600, d: 86_400 };

/** The largest unit of a duration, for people: `3 d`, `5 h`, `12 min`. */
export function describeDuration(length: number): string {
  if (length >= 2 * seconds.d) return `${Math.floor(length / seconds.d)} d`;
  if (length >= 2 * seconds.h) return `${Math.floor(length / seconds.h)} h`;
  return `${Math.floor(length / 60)} min`;
}
