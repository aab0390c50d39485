import * as fs from "node:fs";

import { exitCodes, UserError } from "../core/errors";

/**
 * The text of a file. UTF-8 and UTF-16 are recognized by their marks; other bytes than UTF-8's are refused, because
 * passwords that are read in a wrong encoding lock every device out.
 *
 * @param encoding - Of the file, as the WHATWG Encoding Standard names it, for example shift_jis.
 */
export function readText(file: string, encoding?: string): string {
  const fail = (reason: string) => new UserError(`${file} ${reason}`, exitCodes.failed, "file");
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    throw fail(`cannot be read: ${(error as Error).message}`);
  }
  try {
    const decoder = new TextDecoder(encoding ?? markedEncoding(bytes), { fatal: true });
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) {
      throw fail(`cannot be read as ${encoding}: name an encoding such as utf-8 or shift_jis.`);
    }
    throw fail(
      encoding === undefined
        ? 'is not UTF-8: Excel on Japanese Windows saves CSV in Shift_JIS (cp932). Save it as "CSV UTF-8", or add --encoding shift_jis.'
        : `is not ${encoding}: name its encoding with --encoding, or save it as UTF-8.`,
    );
  }
}

function markedEncoding([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
