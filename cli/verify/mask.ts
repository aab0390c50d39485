/** Fields whose values are secret: passwords, hashes, keys and tokens. */
const secretField =
  /(password|token|apikey|authkey|accesskey|credentials?|hash|secret|secretstring)$/i;

/** Fields of log lines with the name of a user or of a file. */
const userField = /^(user|username|user-name|device)$/i;
const fileField = /^(path|file|key|file-path|from|to)$/i;
const folderField = /^(home-dir|homeDirectory|folder)$/i;

/** Folders above those of users. */
const commonFolders = ["", "users"];

/** A number that is no part of the id of a resource, which has hexadecimal digits. */
const longNumber = /(?<![\da-f]|\b(?:pcx|vpc|vpce|subnet|rtb|sg|sgr|eni|s)-)\d{10,22}(?![\da-f])/g;

/** Secrets that are recognised by their form, wherever they are. */
const secretForms = [/\$scrypt\$[^\s"]+/g, /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, /\bkeyId-\w+/g];

/**
 * Replaces values that identify a customer, equal values by the same stand-in, so that references stay valid: AWS
 * accounts, SIM ids, IMSIs and telephone numbers, e-mail addresses, and in logs the names of users and files. Secrets
 * are removed. Ids of AWS and SORACOM resources and private addresses stay.
 */
export class Mask {
  private readonly standIns = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /**
   * A copy of a JSON value.
   *
   * @param isLog - Whether names of users and files are replaced, too.
   */
  value(value: unknown, isLog = false, field = ""): unknown {
    if (Array.isArray(value)) return value.map((item) => this.value(item, isLog, field));
    if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value).filter(([, item]) => item !== undefined);
      return Object.fromEntries(entries.map(([key, item]) => [key, this.value(item, isLog, key)]));
    }
    if (typeof value !== "string") return value;
    if (value !== "" && secretField.test(field)) return "(removed)";
    if (isLog && value !== "" && userField.test(field)) return this.standIn("user", value);
    if (isLog && fileField.test(field)) return this.path(value, true);
    if (isLog && folderField.test(field)) return this.path(value, false);
    return this.text(value, isLog);
  }

  /** A text, for example a log line. A line of JSON, and a policy, is masked field by field. */
  private text(text: string, isLog: boolean): string {
    // IAM returns policies URL-encoded.
    if (/^%7B/i.test(text)) return encodeURIComponent(this.text(decodeURIComponent(text), isLog));
    if (/^\s*[{[]/.test(text)) {
      try {
        return JSON.stringify(this.value(JSON.parse(text), isLog));
      } catch {
        // Not JSON.
      }
    }
    const withoutSecrets = secretForms.reduce((all, form) => all.replace(form, "(removed)"), text);
    return withoutSecrets
      .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, (found) => `${this.standIn("mail", found)}@example.com`)
      .replace(longNumber, (found) => this.digits(found));
  }

  /** Of `/bucket/users/camera01/photo.jpg` the bucket, `users` and `.jpg` stay. */
  private path(text: string, hasFile: boolean): string {
    const parts = text.split("/");
    const first = parts.findIndex((part) => part !== "");
    return parts
      .map((part, index) => {
        const isFile = hasFile && index === parts.length - 1;
        const isBucket = text.startsWith("/") && index === first && parts.length > 2;
        if (commonFolders.includes(part) || isBucket) return this.text(part, true);
        if (!isFile) return this.standIn("user", part);
        return `${this.standIn("file", text)}${/\.\w{1,5}$/.exec(part)?.[0] ?? ""}`;
      })
      .join("/");
  }

  /** As many digits, with a number at the end. Times in milliseconds stay. */
  private digits(found: string): string {
    if (found.length === 13 && /^1[6-9]/.test(found)) return found;
    const number = this.standIn(`digits${found.length}-`, found).replace(/^digits\d+-/, "");
    return number.padStart(found.length, found.length > 14 ? "8980000000000000000000" : "0");
  }

  private standIn(kind: string, value: string): string {
    const key = `${kind} ${value}`;
    const known = this.standIns.get(key);
    if (known !== undefined) return known;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    this.standIns.set(key, `${kind}${count}`);
    return `${kind}${count}`;
  }
}
