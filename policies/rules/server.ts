import { fieldsOf, listOf, Rule } from "./rule";

/** Plain FTP is acceptable only for devices without alternatives, and only on private addresses. */
export const internalFtpOnly: Rule = {
  name: "ftp-inside-vpc-only",
  description: "A Transfer server serves FTP only, on private addresses, with a security group.",
  check({ type, properties }) {
    if (type !== "aws:transfer/server:Server") return [];
    const details = fieldsOf(properties.endpointDetails);
    const protocols = listOf(properties.protocols);
    const wrong: string[] = [];
    if (protocols.length !== 1 || protocols[0] !== "FTP") {
      wrong.push(`serves ${protocols.join(", ") || "SFTP (the default)"}, not FTP only`);
    }
    if (properties.endpointType !== "VPC") {
      wrong.push(`has an endpoint of type ${String(properties.endpointType ?? "PUBLIC")}`);
    }
    if (listOf(details.addressAllocationIds).length > 0) wrong.push("has public addresses");
    if (listOf(details.securityGroupIds).length === 0) {
      wrong.push("has no security group, so AWS attaches the VPC's default group");
    }
    return wrong;
  },
};
