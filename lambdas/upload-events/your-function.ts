import type { OnUpload } from "./uploaded-file";

/**
 * Your own code: called for every file that a device has uploaded and that is complete in the bucket, under its final
 * name. Write it here; nothing else has to be changed. The file's row is in the log by then, and the file stays where
 * it is: devices read it again after their upload.
 *
 * What it throws is retried, five times in all, and then waits in the dead-letter queue until you redrive it
 * (docs/upload-events.md). It may therefore run more than once for a file: `file.id` is the same each time.
 *
 * Its role may read the files and write the log. Further permissions go into `uploadFunctionAccess`
 * (components/internal/upload-policies.ts).
 *
 * @example
 * export const onUpload: OnUpload = async (file) => {
 *   const photo = await file.read();
 *   await fetch("https://example.com/photos", { method: "POST", body: photo });
 * };
 */
export const onUpload: OnUpload = async () => {};
