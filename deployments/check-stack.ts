/** How one stack is deployed. */
export interface StackSettings {
  readonly name: string;
  /** The environment that the stack resembles. Default for stacks named dev or prod: that one. */
  readonly base: "dev" | "prod";
  /** A push to it deploys the stack. */
  readonly branch: string;
  /** Role in the stack's AWS account. */
  readonly roleArn: string;
  /** Preview pull requests to the branch, with the stack's role. Default true for dev, false for prod. */
  readonly previewPullRequests: boolean;
  /** When drift is detected, in UTC. Default 05:23 every day. */
  readonly driftCron: string;
  /** When a dev-like stack is destroyed once, as an ISO time. Default never. */
  readonly ttl?: string;
  /** When a dev-like stack is destroyed regularly, in UTC. Default never. */
  readonly destroyCron?: string;
}

const known = [
  "base",
  "branch",
  "roleArn",
  "previewPullRequests",
  "driftCron",
  "ttl",
  "destroyCron",
];

const cron = /^[\d*,/-]+( [\d*,/A-Za-z-]+){4}$/;
const cronAllowed = 'five fields in UTC such as "0 10 * * 1-5"';

/** One stack's settings with their defaults; every mistake is added to the list. */
export function checkStack(name: string, value: unknown, mistakes: string[]): StackSettings {
  const fields = isObject(value) ? value : {};
  const wrong = (field: string, allowed: string): void => {
    const given = field in fields ? `${JSON.stringify(fields[field])} given; ` : "";
    mistakes.push(`stacks.${name}.${field}: ${given}allowed: ${allowed}`);
  };
  const text = (field: string, pattern: RegExp, allowed: string, otherwise = ""): string => {
    const given = fields[field] ?? otherwise;
    if (typeof given === "string" && pattern.test(given)) return given;
    wrong(field, allowed);
    return "";
  };
  const optional = (field: string, pattern: RegExp, allowed: string): string | undefined =>
    field in fields ? text(field, pattern, allowed) : undefined;

  if (!/^[\w.-]{1,100}$/.test(name)) {
    mistakes.push(`stacks.${name}: allowed: a stack's name of letters, digits, . _ and -`);
  }
  for (const field of Object.keys(fields).filter((field) => !known.includes(field))) {
    wrong(field, `no such setting; settings are ${known.join(", ")}`);
  }
  const base = text("base", /^(dev|prod)$/, "dev or prod", name) === "dev" ? "dev" : "prod";
  const preview = fields.previewPullRequests ?? base === "dev";
  if (typeof preview !== "boolean") wrong("previewPullRequests", "true or false");
  const settings = {
    name,
    base,
    branch: text("branch", /^(?!refs\/)[\w./-]+$/, "the name of a branch, such as main"),
    roleArn: text(
      "roleArn",
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      "the ARN of the role that deploys this stack",
    ),
    previewPullRequests: preview === true,
    driftCron: text("driftCron", cron, cronAllowed, "23 5 * * *"),
    ttl: optional(
      "ttl",
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
      "a time in UTC such as 2030-01-31T18:00:00Z",
    ),
    destroyCron: optional("destroyCron", cron, cronAllowed),
  } as const;
  if (settings.ttl && Number.isNaN(Date.parse(settings.ttl))) wrong("ttl", "a time that exists");
  if (base === "prod") {
    for (const field of ["ttl", "destroyCron"] as const) {
      if (field in fields)
        wrong(field, "nothing: only a stack like dev is destroyed on a schedule");
    }
  }
  return settings;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
