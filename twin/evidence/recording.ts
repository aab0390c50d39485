/** What a real server replied to the dialogues of `canal-ftp conformance`, without what identifies it. */
export interface ConformanceRecording {
  /** For example `AWS Transfer Family, FTP, ap-northeast-1, 2026-11-28`. */
  readonly title: string;
  readonly dialogues: readonly {
    readonly name: string;
    readonly lines: readonly {
      readonly sent: string;
      /** The replies and what came over the data connection, masked. */
      readonly got: readonly string[];
    }[];
  }[];
}
