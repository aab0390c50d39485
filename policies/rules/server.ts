import { fieldsOf, listOf, Rule } from "./rule";

/** Plain FTP is a reasoned choice for devices that speak nothing else, and only behind a private address. */
export const internalFtpOnly: Rule = {
  name: "ftp-inside-the-vpc-only",
  description: "A Transfer server speaks FTP only, on private addresses, behind a security group.",
  check({ type, properties }) {
    if (type !== "aws:transfer/server:Server") return [];
    const details = fieldsOf(properties.endpointDetails);
    const protocols = listOf(properties.protocols);
    const wrong: string[] = [];
    if (protocols.length !== 1 || protocols[0] !== "FTP") {
      wrong.push(`speaks ${protocols.join(", ") || "SFTP (the default)"}, not FTP only`);
    }
    if (properties.endpointType !== "VPC") {
      wrong.push(`has an endpoint of type ${String(properties.endpointType ?? "PUBLIC")}`);
    }
    if (listOf(details.addressAllocationIds).length > 0) wrong.push("has public addresses");
    if (listOf(details.securityGroupIds).length === 0) {
      wrong.push("has the VPC's default security group, since it names none");
    }
    return wrong;
  },
};
