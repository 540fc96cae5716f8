/** Where the app keeps its list of accounts, its jobs and its settings. Mail is never kept there. */
import path from 'node:path';

export interface Surroundings {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  home: string;
}

/** By the habits of each system; MAILFERRY_DATA names another folder. Relative values count from the working folder. */
export function dataFolder({ platform, env, home }: Surroundings): string {
  const own = env['MAILFERRY_DATA'];
  if (own) return path.resolve(own);
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Mailferry');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Mailferry');
  return path.join(absolute(env['XDG_DATA_HOME']) ?? path.join(home, '.local', 'share'), 'mailferry');
}

/** Where new archives go unless the user chooses: in sight, because they belong to the user. */
export function defaultArchivesFolder({ home }: Pick<Surroundings, 'home'>): string {
  return path.join(home, 'Mailferry');
}

/** The XDG base directory specification has relative values ignored. */
const absolute = (value: string | undefined): string | null => (value && path.isAbsolute(value) ? value : null);
