/** Has Apple look at a signed macOS app. Does nothing elsewhere, and nothing without credentials. */
import { join } from 'node:path';

/** Names of electron-builder's own documentation: an App Store Connect key. */
const CREDENTIALS = ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'];

export default async function notarizeApp({ electronPlatformName, appOutDir, packager }) {
  if (electronPlatformName !== 'darwin') return;
  const [appleApiKey, appleApiKeyId, appleApiIssuer] = CREDENTIALS.map((name) => process.env[name]);
  if (!appleApiKey || !appleApiKeyId || !appleApiIssuer) {
    console.log(`  • not notarised: ${CREDENTIALS.join(', ')} are not set`);
    return;
  }
  const { notarize } = await import('@electron/notarize');
  const appPath = join(appOutDir, `${packager.appInfo.productFilename}.app`);
  await notarize({ appPath, appleApiKey, appleApiKeyId, appleApiIssuer });
}
