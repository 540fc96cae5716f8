/** Huffman tables of our own for JPEG (ITU-T T.81 Annex C): only the symbols that makePhoto writes. */

/** Symbols by the length of their code, from 1 bit on. */
export type HuffmanTable = readonly (readonly number[])[];

/** Differences of up to 11 bits. */
export const DC_TABLE: HuffmanTable = [[], [0], [1, 2, 3], [4], [5], [6], [7], [8], [9], [10], [11]];

/** End of block, and values of 1 to 8 bits without zeros before them. */
export const AC_TABLE: HuffmanTable = [[], [2, 3], [0, 1], [4], [5], [6], [7], [8]];

/** For each symbol its code and length: `code << 5 | length`. */
export function huffmanCodes(table: HuffmanTable): Uint32Array {
  const codes = new Uint32Array(256);
  let code = 0;
  table.forEach((symbols, i) => {
    for (const symbol of symbols) codes[symbol] = (code++ << 5) | (i + 1);
    code <<= 1;
  });
  return codes;
}

/** The content of a DHT segment. @param target class and number of the table */
export function huffmanSegment(target: number, table: HuffmanTable): number[] {
  const counts = Array.from({ length: 16 }, (_, i) => table[i]?.length ?? 0);
  return [target, ...counts, ...table.flat()];
}
