/** Take an account off the list, after the user agreed. */
import type { TFunction } from 'i18next';
import type { SavedAccount } from '../../../shared/app.ts';
import { calls } from '../../bridge.ts';
import { noticeFailure } from '../../store/actions.ts';
import { appNow } from '../../store/app-store.ts';
import { confirm } from '../../store/dialogs.ts';
import { replaceRoute, showToast } from '../../store/view-store.ts';
import { forgetView } from './account-views.ts';

export async function removeAccount({ id, name }: SavedAccount, t: TFunction<'account'>): Promise<void> {
  const agreed = await confirm({
    title: t('removeTitle', { name }),
    text: t('removeText'),
    confirm: t('removeAccount'),
    danger: true,
  });
  if (!agreed) return;
  try {
    await calls.accounts.remove({ id });
    const other = appNow().accounts.find((account) => account.id !== id);
    replaceRoute(other ? { screen: 'account', accountId: other.id } : { screen: 'welcome' });
    forgetView(id);
    showToast(t('removed', { name }));
  } catch (error) {
    noticeFailure(error);
  }
}
