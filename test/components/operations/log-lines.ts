/** Lines of the server's log, as AWS documents them (Transfer Family user guide, "cw-example-logs"). */

const session = {
  "resource-arn": "arn:aws:transfer:us-east-1:500655546075:server/s-3fe215d89f074ed2a",
  "session-id": "9ca9a0e1cec6ad9d",
};

const line = (fields: Record<string, string>) => JSON.stringify({ ...fields, ...session });

/** Documented as they are here; of the other activities only the names and the fields are. */
export const documented = {
  connected: line({
    role: "arn:aws:iam::500655546075:role/transfer-s3",
    "activity-type": "CONNECTED",
    "source-ip": "52.94.133.133",
    "home-dir": "/test/log-me",
    user: "log-me",
  }),
  opened: line({
    mode: "CREATE|TRUNCATE|WRITE",
    path: "/test/log-me/config-file",
    "activity-type": "OPEN",
  }),
  uploaded: line({
    path: "/test/log-me/config-file",
    "activity-type": "CLOSE",
    "bytes-in": "121",
  }),
  disconnected: line({ "activity-type": "DISCONNECTED" }),
};

/** From the documented names of activities and fields ("cw-structure-logs"), with paths of this program. */
export const derived = {
  downloaded: line({
    path: "/files/users/camera01/a.jpg",
    "activity-type": "CLOSE",
    "bytes-out": "121",
  }),
  uploadedNothing: line({
    path: "/files/users/camera01/a.jpg",
    "activity-type": "CLOSE",
    "bytes-in": "0",
  }),
  uploadedByCanary: line({
    path: "/files/users/canary/canary-10.0.0.5.txt",
    "activity-type": "CLOSE",
    "bytes-in": "4096",
  }),
  uploadedToCanariesFolder: line({
    path: "/files/users/camera01/users-canary/a.jpg",
    "activity-type": "CLOSE",
    "bytes-in": "4096",
  }),
  cut: line({
    path: "/files/users/camera01/a.jpg",
    "activity-type": "PARTIAL_CLOSE",
    "bytes-in": "60",
  }),
  error: line({
    "activity-type": "ERROR",
    message: "Access denied",
    operation: "OPEN",
    path: "/files/users/camera01/a.jpg",
  }),
  refused: line({ "activity-type": "AUTH_FAILURE", user: "camera01", method: "password" }),
};

/** What Lambda and others write between: no JSON. */
export const plainText = `ERROR PARTIAL_CLOSE "activity-type" "ERROR"`;
