/** The folder that stands for the AWS account, from TWIN_ACCOUNT. Throws when the variable is not set. */
export function stateFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = env.TWIN_ACCOUNT;
  if (folder) return folder;
  throw new Error("TWIN_ACCOUNT is not set; set it to a folder for the simulated AWS account.");
}
