/** An upload's event as the documentation shows it; `detail` and the rest may be others. */
export function uploadEvent(detail: Record<string, unknown> = {}, rest: object = {}): string {
  return JSON.stringify({
    version: "0",
    id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": "FTP Server File Upload Completed",
    source: "aws.transfer",
    account: "123456789012",
    time: "2026-11-24T03:00:02Z",
    region: "ap-northeast-1",
    resources: ["arn:aws:transfer:ap-northeast-1:123456789012:server/s-0123456789abcdef0"],
    detail: {
      protocol: "FTP",
      "server-id": "s-0123456789abcdef0",
      username: "camera01",
      "session-id": "0123456789abcdef",
      "client-ip": "100.64.0.10",
      "file-path": "/files/users/camera01/a b.jpg",
      "start-timestamp": "2026-11-24T02:59:59.000Z",
      "end-timestamp": "2026-11-24T03:00:01.500Z",
      bytes: 9,
      "status-code": "COMPLETED",
      ...detail,
    },
    ...rest,
  });
}

/** The event of a rename of `a.tmp` to the name in {@link uploadEvent}. */
export function renameEvent(detail: Record<string, unknown> = {}): string {
  const paths = {
    "file-path": undefined,
    bytes: undefined,
    "original-file-path": "/files/users/camera01/a.tmp",
    "renamed-file-path": "/files/users/camera01/a b.jpg",
  };
  return uploadEvent(
    { ...paths, ...detail },
    { "detail-type": "FTP Server File Rename Completed" },
  );
}

/** S3's checksum of the nine bytes "123456789" (the check value of CRC-64/NVME's definition). */
export const nineBytes = { text: "123456789", crc64nvme: "rosUhgp5mIg=" };
