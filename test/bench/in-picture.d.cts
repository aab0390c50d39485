export function texts(): {
  readonly texts: number;
  readonly outside: readonly string[];
  readonly touching: readonly string[];
  readonly paper: string;
};
