import { internalFtpOnly } from "../../../policies/rules/server";
import { describeRule, server } from "../support";

describe("policies/rules/server", () => {
  describeRule(
    internalFtpOnly,
    [
      ["serves SFTP, not FTP only", server({ protocols: ["SFTP"] })],
      ["serves FTP, SFTP, not FTP only", server({ protocols: ["FTP", "SFTP"] })],
      ["serves SFTP (the default), not FTP only", server({ protocols: undefined })],
      ["has an endpoint of type PUBLIC", server({ endpointType: undefined })],
      [
        "has public addresses",
        server({
          endpointDetails: { addressAllocationIds: ["eipalloc-1"], securityGroupIds: ["sg-1"] },
        }),
      ],
      [
        "has no security group, so AWS attaches the VPC's default group",
        server({ endpointDetails: {} }),
      ],
    ],
    [server({}), { type: "aws:transfer/user:User" }],
  );
});
