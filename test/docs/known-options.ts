/**
 * Options of tools that are not part of the project, by the command they belong to. A command or option that is
 * not here fails the test of the documents: look it up in the tool's own help, then add it.
 */
export const knownOptions: Record<string, Record<string, readonly string[]>> = {
  // https://www.pulumi.com/docs/iac/cli/commands/ ; compared with `pulumi … --help` where pulumi is installed.
  pulumi: {
    login: [],
    "config set": ["--path", "--secret", "--type", "--stack"],
    "config env add": ["--stack"],
    "config get": ["--stack"],
    "deployment run": ["--stack"],
    "env run": [],
    destroy: ["--stack", "--skip-preview"],
    new: ["--name", "--dir", "--generate-only", "--yes"],
    "package add": [],
    preview: ["--stack", "--policy-pack", "--policy-pack-config", "--refresh", "--diff"],
    "stack change-secrets-provider": ["--stack"],
    "stack export": ["--stack", "--file", "--show-secrets"],
    "stack init": ["--stack", "--secrets-provider"],
    "stack output": ["--stack", "--json"],
    "state delete": ["--stack"],
    "state unprotect": ["--stack", "--all"],
    refresh: ["--stack"],
    up: ["--stack", "--refresh", "--replace", "--target-replace", "--skip-preview"],
  },
  // https://docs.aws.amazon.com/cli/latest/reference/
  aws: {
    "cloudformation delete-stack": ["--stack-name"],
    "dynamodb create-backup": ["--table-name", "--backup-name"],
    "dynamodb delete-table": ["--table-name"],
    "dynamodb describe-continuous-backups": ["--table-name"],
    "dynamodb list-backups": ["--table-name"],
    "dynamodb restore-table-from-backup": ["--target-table-name", "--backup-arn"],
    "iam attach-role-policy": ["--role-name", "--policy-arn"],
    "iam create-open-id-connect-provider": ["--url", "--client-id-list"],
    "iam create-role": ["--role-name", "--assume-role-policy-document"],
    "iam create-policy": ["--policy-name", "--policy-document"],
    "s3 cp": ["--recursive"],
    "s3 ls": ["--recursive"],
    "s3 sync": [],
    "s3api copy-object": ["--bucket", "--key", "--copy-source"],
    "s3api delete-object": ["--bucket", "--key", "--version-id"],
    "s3api get-object": ["--bucket", "--key", "--version-id"],
    "s3api list-object-versions": ["--bucket", "--prefix"],
    "secretsmanager create-secret": ["--name", "--secret-string"],
    "secretsmanager get-secret-value": ["--secret-id"],
    "secretsmanager list-secrets": ["--filters"],
    "sqs start-message-move-task": ["--source-arn", "--destination-arn"],
    "transfer describe-server": ["--server-id"],
    "logs tail": ["--since", "--follow", "--filter-pattern"],
  },
  // ftp(1) of tnftp, https://man.netbsd.org/ftp.1
  ftp: { "": ["-p"] },
  // https://curl.se/docs/manpage.html
  curl: {
    "": [
      ...["--upload-file", "--user", "--list-only", "--ftp-create-dirs"],
      ...["--fail", "--location", "--remote-name", "--verbose", "--quote"],
    ],
  },
};

/** Options that every command of a tool takes. */
export const globalOptions: Record<string, readonly string[]> = {
  aws: ["--query", "--output", "--region", "--profile"],
  pulumi: ["--cwd", "--non-interactive"],
};

/** Short options by the long ones of the same meaning. */
export const shortOptions: Record<string, Record<string, string>> = {
  pulumi: { "-s": "--stack", "-f": "--file" },
  curl: {
    "-T": "--upload-file",
    "-u": "--user",
    "-l": "--list-only",
    "-f": "--fail",
    "-L": "--location",
    "-O": "--remote-name",
    "-v": "--verbose",
    "-Q": "--quote",
  },
};
