/**
 * The user's language as BCP 47: what the shell says, else what Node was started with.
 */
export function systemLanguage(env: Readonly<Record<string, string | undefined>>): string {
  const posix = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  const tag = posix.replace(/[.@].*$/, '').replaceAll('_', '-');
  // `C` and `POSIX` name no language.
  if (/^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(tag)) return tag;
  return Intl.DateTimeFormat().resolvedOptions().locale;
}
