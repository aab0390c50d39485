import type { OnUpload } from "./uploaded-file";

/**
 * Your own code: called for every file that a device has uploaded and that is complete in the bucket, under its final
 * name. Write it here; no other change is required. The file's row is already in the log. Leave the file in place:
 * devices read it again after their upload.
 *
 * When it throws, the call is retried, five attempts in total; then the event stays in the dead-letter queue until you
 * redrive it (docs/upload-events.md). It may therefore run more than once for a file: `file.id` is the same each time.
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
