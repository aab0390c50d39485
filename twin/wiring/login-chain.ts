import type { Decision } from "../../lib/iam";
import { statementLines } from "./explain";

const CALL = ["Lambda permission", "function's answer", "home"] as const;

/** What a login needs, in the order in which it is asked for. */
const WAYS = {
  API_GATEWAY: ["network path", "server", "API", "invocation role", "call of the API", ...CALL],
  AWS_LAMBDA: ["network path", "server", ...CALL],
} as const;

export type IdentityWay = keyof typeof WAYS;
export type LinkName = (typeof WAYS)["API_GATEWAY"][number];

interface Link {
  readonly held: boolean;
  readonly detail: string;
  readonly decision?: Decision;
}

/** The way of one login from the device to its home, link by link, and where it broke. */
export class LoginChain {
  private readonly links = new Map<LinkName, Link>();

  constructor(private readonly way: IdentityWay) {}

  /** The link held; the detail names the resource. */
  held(name: LinkName, detail: string, decision?: Decision): void {
    this.links.set(name, { held: true, detail, decision });
  }

  /** The login ends at this link. Gives the reason back. */
  broke(name: LinkName, detail: string, decision?: Decision): string {
    this.links.set(name, { held: false, detail, decision });
    return detail;
  }

  /** Every link with what came of it, and below it the policy statements it hung on. */
  lines(whose: string): string[] {
    const names: readonly LinkName[] = WAYS[this.way];
    const end = names.find((name) => this.links.get(name)?.held === false);
    return [
      `${whose}: ${end === undefined ? "every link holds" : `breaks at ${end}`}`,
      ...names.flatMap((name) => {
        const link = this.links.get(name);
        if (link === undefined) return [`  ${name}: not reached`];
        const { held, detail, decision } = link;
        const statements = decision ? statementLines(decision).map((line) => `  ${line}`) : [];
        return [`  ${name}: ${held ? "holds" : "breaks"}: ${detail}`, ...statements];
      }),
    ];
  }
}
