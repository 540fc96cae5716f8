/** What the provider wants before it lets a mail program in, with the page to go to. */
import { useTranslation } from 'react-i18next';
import type { Provider } from '../../../shared/connection.ts';
import { OutsideLink } from '../../components/outside-link.tsx';

export function ProviderNote({ provider }: { provider: Provider | null }) {
  const { t } = useTranslation('connect');
  if (!provider) return t('maybeAppPassword');
  if (!provider.hint) return t('usualPassword', { provider: provider.name });
  return (
    <>
      {t(`hint.${provider.hint}`, { provider: provider.name })}{' '}
      {provider.hintUrl !== null && (
        <OutsideLink url={provider.hintUrl}>{t(`hintLink.${provider.hint}`, { provider: provider.name })}</OutsideLink>
      )}
    </>
  );
}
