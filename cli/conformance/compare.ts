import { replyEvidence, repliesLike } from "../../twin/evidence/reply-evidence";
import type { TranscriptLine } from "./transcript";

/** A reply that differs. */
export interface Difference {
  readonly sent: string;
  readonly twin: string;
  readonly server: string;
}

/** The differences between two runs of a dialogue. */
export function differences(
  twin: readonly TranscriptLine[],
  server: readonly TranscriptLine[],
): Difference[] {
  return twin.flatMap(({ sent, got }, index) => {
    const expected = got.join("\n");
    const other = server[index]?.got.join("\n") ?? "(no reply)";
    return other === expected ? [] : [{ sent, twin: expected, server: other }];
  });
}

/** A difference as lines of text. */
export function differenceLines({ sent, twin, server }: Difference): string[] {
  const [name] = repliesLike(twin);
  const evidence = name === undefined ? "" : ` (${replyEvidence()[name].evidence})`;
  const shown = (text: string): string => JSON.stringify(text).slice(1, -1).slice(0, 400);
  return [`  > ${sent}`, `    twin:   ${shown(twin)}${evidence}`, `    server: ${shown(server)}`];
}
