import { FileRefusal, type RefusalCode } from "../ftp/service";

const refusalCodes: Readonly<Record<string, RefusalCode>> = {
  ENOENT: "not-found",
  ENOTDIR: "not-found",
  EISDIR: "not-a-file",
  EEXIST: "exists",
  ENOTEMPTY: "not-empty",
  ENAMETOOLONG: "invalid-name",
  EINVAL: "invalid-name",
  EILSEQ: "invalid-name",
  EACCES: "denied",
  EPERM: "denied",
};

/** The error's system code ("ENOENT"); undefined for an error that is not a system error. */
export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/**
 * Converts the error of a disk operation on a key: to a FileRefusal when the operation is not possible; an error of the
 * disk itself (full, failing) is returned unchanged.
 */
export function asRefusal(error: unknown, key: string): unknown {
  const refusal = refusalCodes[errorCode(error) ?? ""];
  return refusal === undefined
    ? error
    : new FileRefusal(refusal, `${JSON.stringify(key)}: ${(error as Error).message}`);
}

/** Whether the operation failed because the path does not exist. */
export function isMissing(error: unknown): boolean {
  return errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR";
}

/** The operation's result; undefined when the path does not exist. Other errors are thrown. */
export async function unlessMissing<T>(operation: Promise<T>): Promise<T | undefined> {
  return operation.catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}
