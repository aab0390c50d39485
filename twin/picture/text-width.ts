/** Estimates the width of texts without the font, never too narrow. */

/** Widths of characters in units of the font size, for wide sans-serif fonts (Verdana and DejaVu Sans). */
const narrow = 0.42;
const normal = 0.67;
const wide = 1;

/** Width in a proportional font, in units of the font size. */
export function sansWidth(text: string): number {
  return sum(text, (character) => {
    if (isWide(character) || /[mwMW@%]/.test(character)) return wide;
    return /[ .,:;'|!ijlft()[\]/-]/.test(character) ? narrow : normal;
  });
}

/** Width in a monospaced font, in units of the font size. */
export function monoWidth(text: string): number {
  return sum(text, (character) => (isWide(character) ? wide : 0.605));
}

/** Chinese and Japanese characters, and all others that are not of an alphabet. */
const isWide = (character: string) => character.codePointAt(0)! >= 0x2000;

function sum(text: string, widthOf: (character: string) => number): number {
  return [...text].reduce((width, character) => width + widthOf(character), 0);
}

/** Shortens a text that is too wide in its middle: names differ at their beginnings and ends. */
export function clipMiddle(
  text: string,
  maxWidth: number,
  width: (text: string) => number = sansWidth,
): string {
  if (width(text) <= maxWidth) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 1; kept--) {
    const head = Math.ceil(kept / 2);
    const tail = characters.slice(characters.length - (kept - head)).join("");
    const clipped = `${characters.slice(0, head).join("")}…${tail}`;
    if (width(clipped) <= maxWidth) return clipped;
  }
  return "…";
}
