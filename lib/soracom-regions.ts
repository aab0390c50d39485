/** SORACOM coverage: Japan or Global. Each has its own endpoint, groups, VPGs and bills. */
export type Coverage = "jp" | "g";

/** AWS regions in which SORACOM has VPGs, by coverage; Canal peers within the VPG's region. */
export const vpgRegions: Readonly<Record<Coverage, readonly string[]>> = {
  jp: ["ap-northeast-1"],
  g: ["ap-northeast-1", "us-west-2", "eu-central-1", "ap-southeast-2"],
};
