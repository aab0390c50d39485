/** A finished command, as a process would leave it. */
export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function printed(document: unknown): Printed {
  return { code: 0, stdout: `${JSON.stringify(document)}\n`, stderr: "" };
}
