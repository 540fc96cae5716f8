/** What a passphrase of the vault has to be, for the field that takes it and for the vault itself. */
export const MIN_PASSPHRASE_LENGTH = 10;

/** By characters as people count them, not by code units. */
export function isLongEnough(passphrase: string): boolean {
  return [...passphrase.normalize('NFKC')].length >= MIN_PASSPHRASE_LENGTH;
}
