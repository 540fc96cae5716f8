/** Numbers as people type them, in any language; null: nothing of use, so the setting holds. */

export function parseConnections(text: string): number | null {
  const count = Number(text.trim());
  return text.trim() !== '' && Number.isInteger(count) && count >= 1 && count <= 16 ? count : null;
}

/** @returns octets a second, of `2.5` or `2,5` megabytes */
export function parseSpeed(text: string): number | null {
  const bytes = Math.round(Number(text.trim().replace(',', '.')) * 1_000_000);
  return text.trim() !== '' && Number.isFinite(bytes) && bytes >= 1000 ? bytes : null;
}
