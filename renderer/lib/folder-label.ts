/** `Werkstatt / Messen`; INBOX by the word that people know. */
export function folderLabel(path: string, delimiter: string | null, inbox: string): string {
  if (path.toUpperCase() === 'INBOX') return inbox;
  return delimiter ? path.split(delimiter).join(' / ') : path;
}
