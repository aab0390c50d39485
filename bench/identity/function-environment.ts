import type { TableServer } from "./table";

/** The environment of the function as deployed, with a table of a stand-in. */
export function functionEnvironment(tables: TableServer, table: string): Record<string, string> {
  return {
    TABLE_NAME: table,
    FILE_ROLE_ARN: "arn:aws:iam::123456789012:role/files",
    BUCKET_NAME: "files-bucket",
    BUCKET_ARN: "arn:aws:s3:::files-bucket",
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
    LOGIN_KEY: "a key of the benchmark",
    // As deployed.
    UV_THREADPOOL_SIZE: "1",
  };
}
