import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { testKeys, type Lab } from "../../soracom/lab";
import { root } from "../../support/golden";

/** How a process ended, and what it had printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs for a command that runs as a process: shell scripts in a folder that comes first on its PATH. */
export class Programs {
  private readonly bin = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-bin-"));

  /**
   * A program that prints the given output for arguments that begin with the given words. It refuses all others, and
   * a SORACOM key in its environment.
   */
  install(program: string, answers: ReadonlyMap<string, string>): void {
    const script = [
      "#!/bin/sh",
      'if [ -n "$SORACOM_AUTH_KEY" ]; then echo "a key in the environment" >&2; exit 9; fi',
      'case "$*" in',
      ...[...answers].map(([words, text]) => `"${words}"*) cat <<'END'\n${text}END\n;;`),
      '*) echo "error: unknown: $*" >&2; exit 252;;',
      "esac",
    ];
    fs.writeFileSync(path.join(this.bin, program), `${script.join("\n")}\n`, { mode: 0o755 });
  }

  /** Starts a command line of the project with them, and with the stand-in of SORACOM's CLI. */
  start(
    argv: readonly string[],
    lab: Lab,
  ): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
    const child = spawn(process.execPath, [path.join(root, "cli", "canal-ftp.cjs"), ...argv], {
      cwd: root,
      env: {
        ...process.env,
        ...testKeys,
        PATH: `${this.bin}${path.delimiter}${process.env.PATH}`,
        SORACOM_CLI: path.join(root, "fakes/soracom/bin/soracom"),
        SORACOM_ENDPOINT: lab.api.endpoint,
        CANAL_FTP_POLL_SECONDS: "0.01",
        // No server listens there: AWS cannot be reached.
        AWS_ENDPOINT_URL: "http://127.0.0.1:9",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
      },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<Ended>((resolve) =>
      child.on("close", (code) => resolve({ code, stdout, stderr })),
    );
    return { child, ended };
  }

  remove(): void {
    fs.rmSync(this.bin, { recursive: true });
  }
}
