/** From one account into another: both ends, then which folder goes where. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../store/app-store.ts';
import { findAccount, selectAccounts } from '../../store/selectors.ts';
import { goTo, type Route } from '../../store/view-store.ts';
import { EndChoice, useEnds } from './ends.tsx';
import { EndsPage } from './flow-frame.tsx';
import { Preview } from './preview.tsx';

type Flow = Extract<Route, { screen: 'migrate' }>;

export function MigrateScreen({ route }: { route: Flow }) {
  const { t } = useTranslation('flows');
  const ends = useEnds();
  const accounts = useApp(selectAccounts);
  const [sourceId, setSourceId] = useState(route.accountId);
  const [chosenId, setChosenId] = useState(route.targetId ?? null);
  const [isPreview, setPreview] = useState(false);
  const source = useApp((app) => findAccount(app, sourceId));
  const others = accounts.filter((account) => account.id !== sourceId);
  // The only other account needs no choosing.
  const target = others.find((account) => account.id === chosenId) ?? (others.length === 1 ? others[0] : undefined);
  if (isPreview && source && target) {
    return (
      <Preview
        task={{
          kind: 'migrate',
          accountId: source.id,
          targetId: target.id,
          only: source.id === route.accountId ? (route.mailboxes ?? null) : null,
        }}
        from={ends.ofAccount(source)}
        to={ends.ofAccount(target)}
        onBack={() => setPreview(false)}
      />
    );
  }
  const addTo = (end: 'accountId' | 'targetId') => {
    const ends: Flow = { screen: 'migrate', accountId: sourceId, targetId: chosenId };
    // Folders are of the account that the page was opened with.
    const isSame = end === 'targetId' && sourceId === route.accountId && route.mailboxes;
    const flow = isSame ? { ...ends, mailboxes: route.mailboxes } : ends;
    return {
      text: t('plan.addAccount'),
      onClick: () => goTo({ screen: 'add-account', purpose: 'migrate', next: { flow, end } }),
    };
  };
  return (
    <EndsPage
      kind="migrate"
      from={
        <EndChoice
          title={t('plan.from')}
          ends={accounts.map(ends.ofAccount)}
          value={sourceId}
          onValue={setSourceId}
          none={t('plan.noAccounts')}
          add={addTo('accountId')}
        />
      }
      to={
        <EndChoice
          title={t('plan.to')}
          ends={others.map(ends.ofAccount)}
          value={source ? (target?.id ?? null) : chosenId}
          onValue={setChosenId}
          none={t('plan.noAccounts')}
          add={addTo('targetId')}
        />
      }
      onNext={source && target ? () => setPreview(true) : null}
    />
  );
}
