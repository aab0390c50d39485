import type { Decision } from "../../lib/iam";
import { statementLines } from "./explain";

const invocationSteps = ["Lambda permission", "function's answer", "home"] as const;

/** The steps of a login in their order, by the server's identity provider type. */
const stepsOfLogin = {
  API_GATEWAY: [
    "network path",
    "server",
    "API",
    "invocation role",
    "call of the API",
    ...invocationSteps,
  ],
  AWS_LAMBDA: ["network path", "server", ...invocationSteps],
} as const;

export type IdentityProviderType = keyof typeof stepsOfLogin;
export type LoginStep = (typeof stepsOfLogin)["API_GATEWAY"][number];

interface StepResult {
  readonly passed: boolean;
  readonly detail: string;
  readonly decision?: Decision;
}

/** The steps of one login from the device to its home, with their results. */
export class LoginChain {
  private readonly results = new Map<LoginStep, StepResult>();

  constructor(private readonly type: IdentityProviderType) {}

  /**
   * Records that a step passed.
   *
   * @param detail - Names the resource.
   */
  pass(step: LoginStep, detail: string, decision?: Decision): void {
    this.results.set(step, { passed: true, detail, decision });
  }

  /** Records that the login fails at a step. Returns the detail. */
  fail(step: LoginStep, detail: string, decision?: Decision): string {
    this.results.set(step, { passed: false, detail, decision });
    return detail;
  }

  /**
   * A line for each step, followed by the policy statements that decided it.
   *
   * @param subject - What the steps belong to, for the first line.
   */
  lines(subject: string): string[] {
    const steps: readonly LoginStep[] = stepsOfLogin[this.type];
    const failed = steps.find((step) => this.results.get(step)?.passed === false);
    return [
      `${subject}: ${failed === undefined ? "every step passes" : `fails at ${failed}`}`,
      ...steps.flatMap((step) => {
        const result = this.results.get(step);
        if (result === undefined) return [`  ${step}: not reached`];
        const { passed, detail, decision } = result;
        const statements = decision ? statementLines(decision).map((line) => `  ${line}`) : [];
        return [`  ${step}: ${passed ? "passes" : "fails"}: ${detail}`, ...statements];
      }),
    ];
  }
}
