/** Name of a site's network: its subnets are found again by it. */
export function networkName(site: string): string {
  return `${site}-network`;
}

/** Names of the endpoint's security group of a site: Pulumi adds digits to it. */
export function endpointGroupPattern(site: string): string {
  return `${networkName(site)}-security-group-*`;
}
