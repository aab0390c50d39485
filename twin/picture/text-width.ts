/** How wide texts are, without a font at hand: rather too wide than too narrow. */

/** Shares of the font's size, for the widest of the usual sans-serif fonts (Verdana and DejaVu Sans). */
const NARROW = 0.42;
const USUAL = 0.67;
const WIDE = 1;

/** Width of a text of proportional letters, in units of the font's size. */
export function sansWidth(text: string): number {
  return sum(text, (character) => {
    if (isWide(character) || /[mwMW@%]/.test(character)) return WIDE;
    return /[ .,:;'|!ijlft()[\]/-]/.test(character) ? NARROW : USUAL;
  });
}

/** Width of a text of letters of one width. */
export function monoWidth(text: string): number {
  return sum(text, (character) => (isWide(character) ? WIDE : 0.605));
}

/** Chinese and Japanese characters, and whatever else is not of an alphabet. */
const isWide = (character: string) => character.codePointAt(0)! >= 0x2000;

function sum(text: string, widthOf: (character: string) => number): number {
  return [...text].reduce((width, character) => width + widthOf(character), 0);
}

/** The text, its middle left out when it is too wide: beginnings and ends tell names apart. */
export function clipMiddle(
  text: string,
  widest: number,
  width: (text: string) => number = sansWidth,
): string {
  if (width(text) <= widest) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 1; kept--) {
    const head = Math.ceil(kept / 2);
    const tail = characters.slice(characters.length - (kept - head)).join("");
    const clipped = `${characters.slice(0, head).join("")}…${tail}`;
    if (width(clipped) <= widest) return clipped;
  }
  return "…";
}
