/** Path of the SORACOM CLI in a deployment; SORACOM_CLI passes it to the program. */
export const soracomCli = "/tmp/canal-ftp/soracom";

/**
 * A command that downloads a release of the SORACOM CLI and checks its sum. It is a single command because each pre-run
 * command has its own shell, and any failure has to end the deployment. A file with another sum is never executable.
 *
 * @param version - Of the release, without the v.
 * @param sha256 - Of its file for Linux on amd64.
 */
export function installSoracom(version: string, sha256: string): string {
  const asset = `soracom_${version}_linux_amd64`;
  const url = `https://github.com/soracom/soracom-cli/releases/download/v${version}/${asset}`;
  const folder = soracomCli.slice(0, soracomCli.lastIndexOf("/"));
  return [
    "set -eu",
    `mkdir -p ${folder}`,
    `curl --fail --silent --show-error --location --retry 3 --output ${soracomCli} ${url}`,
    `echo "${sha256}  ${soracomCli}" > ${soracomCli}.sha256`,
    `sha256sum --check --strict ${soracomCli}.sha256`,
    `chmod 755 ${soracomCli}`,
  ].join("; ");
}
