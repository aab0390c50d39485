/** Exit code and output of a command. */
export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function printed(document: unknown): Printed {
  return { code: 0, stdout: `${JSON.stringify(document)}\n`, stderr: "" };
}
