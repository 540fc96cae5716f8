/** The operating system's keychain, by safeStorage. */
import { safeStorage } from 'electron';
import type { Keychain } from '../app/host.ts';

/** @returns null where the system has none: Linux without a keyring would only pretend to encrypt */
export async function openKeychain(): Promise<Keychain | null> {
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()))
    return null;
  if (hasAsync()) return (await safeStorage.isAsyncEncryptionAvailable()) ? asyncKeychain : null;
  return safeStorage.isEncryptionAvailable() ? syncKeychain : null;
}

/** From Electron 44 on; both read what the other wrote. */
function hasAsync(): boolean {
  return typeof (safeStorage as Partial<typeof safeStorage>).encryptStringAsync === 'function';
}

const asyncKeychain: Keychain = {
  seal: (text) => safeStorage.encryptStringAsync(text),
  open: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
};

// All that older Electrons have.
const syncKeychain: Keychain = {
  seal: async (text) => safeStorage.encryptString(text),
  open: async (sealed) => safeStorage.decryptString(sealed),
};
