import type { FtpService, LoginAttempt, LoginResult, Verdict } from "../ftp/service";
import type { KnownPasswords } from "./known-passwords";

/** A service that explains logins that the identity provider denied, where the password sent explains it. */
export class ExplainedLogins implements FtpService {
  constructor(
    private readonly service: FtpService,
    private readonly passwords: KnownPasswords,
  ) {}

  admits(port: number, source?: string): Verdict {
    return this.service.admits(port, source);
  }

  async login(attempt: LoginAttempt): Promise<LoginResult> {
    const result = await this.service.login(attempt);
    if (result.granted || result.code !== "login-denied") return result;
    const explanation = await this.passwords.explain(attempt.user, attempt.password);
    return explanation === undefined ? result : { granted: false, ...explanation };
  }
}
