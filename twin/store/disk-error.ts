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

/** The error's system code ("ENOENT"), undefined for what is no system error. */
export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/**
 * What a failed disk operation on a key means in the store's terms: a FileRefusal where the operation was at
 * fault, the error itself where the disk is (full, failing).
 */
export function asRefusal(error: unknown, key: string): unknown {
  const refusal = refusalCodes[errorCode(error) ?? ""];
  return refusal === undefined
    ? error
    : new FileRefusal(refusal, `${JSON.stringify(key)}: ${(error as Error).message}`);
}

/** Whether the operation failed because nothing has the path. */
export function isMissing(error: unknown): boolean {
  return errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR";
}

/** The operation's result; undefined when nothing has the path. Every other failure is the disk's. */
export async function unlessMissing<T>(operation: Promise<T>): Promise<T | undefined> {
  return operation.catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}
