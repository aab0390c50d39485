import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { root } from "../support/golden";

/** A project with the tools and some TypeScript in `room/`, elsewhere: the tools keep what they make beside themselves. */
export class OwnProject {
  readonly place = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-tools-")));
  /** Where the tools keep it. */
  readonly kept = path.join(this.place, "node_modules", ".cache", "canal-ftp");

  /** @param packages names of installed packages that it needs */
  constructor(...packages: readonly string[]) {
    for (const folder of ["tools", "room", "node_modules"]) {
      fs.mkdirSync(path.join(this.place, folder));
    }
    const tools = path.join(root, "tools");
    for (const file of fs.readdirSync(tools).filter((name) => name.endsWith(".cjs"))) {
      fs.copyFileSync(path.join(tools, file), path.join(this.place, "tools", file));
    }
    for (const name of packages) {
      const installed = path.join("node_modules", name);
      fs.symlinkSync(path.join(root, installed), path.join(this.place, installed));
    }
    fs.writeFileSync(path.join(this.place, "Pulumi.yaml"), "name: own\n");
    this.write("word.ts", `export const word: string = "one";\n`);
    this.write("main.ts", `import { word } from "./word";\nconsole.log(word satisfies string);\n`);
  }

  write(file: string, text: string): void {
    fs.writeFileSync(path.join(this.place, "room", file), text);
  }

  /** Names of what is kept, with this ending. */
  keptFiles(ending: RegExp): string[] {
    return fs.existsSync(this.kept)
      ? fs.readdirSync(this.kept).filter((name) => ending.test(name))
      : [];
  }

  remove(): void {
    fs.rmSync(this.place, { recursive: true, force: true });
  }
}
