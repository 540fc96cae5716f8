import path from 'node:path';
import Conf from 'conf';
import type { DocumentStore } from '../app/host.ts';
import { EngineError } from '../engine/errors.ts';

const NAME = 'mailferry';

/**
 * One JSON file in the data folder, readable by its owner alone and replaced as a whole.
 *
 * @throws EngineError 'io-error' when the file is no JSON: it is left as it is, for it names the user's archives
 */
export function openDocumentStore(folder: string): DocumentStore {
  let conf: Conf<{ document: unknown }>;
  try {
    conf = new Conf({ cwd: folder, configName: NAME, configFileMode: 0o600, accessPropertiesByDotNotation: false });
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const file = path.join(folder, `${NAME}.json`);
    throw new EngineError(
      'io-error',
      `The list of accounts and archives in ${file} is damaged. Put a copy of it back, or move it away to begin anew; your archives are not touched by that.`,
      { scope: 'archive', cause },
    );
  }
  return {
    read: () => conf.get('document'),
    write: (document) => conf.set('document', document),
  };
}
