/** Name of a site's network, by which its subnets are found. */
export function networkName(site: string): string {
  return `${site}-network`;
}

/** Names of the endpoint's security group of a site: Pulumi adds digits to it. */
export function endpointGroupPattern(site: string): string {
  return `${networkName(site)}-security-group-*`;
}
