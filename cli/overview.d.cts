/** Summaries of the commands by name, grouped by the occasion on which they are used. */
export const groups: Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One screen with every command. */
export function overview(): string;
