/** What saving gives back: a file that is there, or an address to download it from. */
export interface Saved {
  saved: string | null;
  url: string | null;
}

/** Have the browser download it; the answer itself names the file. */
export function download(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

/** The last part of a path of any system. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}

/** @param tell called with the file's name when the app itself has saved it */
export function finishSaving({ saved, url }: Saved, tell: (fileName: string) => void): void {
  if (saved !== null) tell(fileNameOf(saved));
  else if (url !== null) download(url);
}
