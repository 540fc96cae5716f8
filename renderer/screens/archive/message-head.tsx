/** Subject, people, date, and what can be done with the message. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Tooltip } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { MailAddress, MessageView } from '../../../shared/browse.ts';
import { calls } from '../../bridge.ts';
import { HitText } from '../../components/hit-text.tsx';
import { FlaggedIcon, MoreIcon, RestoreIcon, SaveIcon } from '../../components/icons.tsx';
import { initials } from '../../lib/names.ts';
import { useAction } from '../../lib/use-call.ts';
import { useFormat } from '../../lib/use-format.ts';
import { noticeFailure } from '../../store/actions.ts';
import { useCommand } from '../../store/commands.ts';
import { goTo, showToast } from '../../store/view-store.ts';
import { refOf } from './query.ts';
import { fullNames, namesOf, repliesElsewhere } from './reading.ts';
import { finishSaving } from './saving.ts';

interface MessageHeadProps {
  archiveId: string;
  view: MessageView;
  folder: string;
}

export function MessageHead({ archiveId, view, folder }: MessageHeadProps) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const date = view.sentDate ?? view.internalDate;
  const [sender] = view.from;
  const names = namesOf(view.to);
  return (
    <header className="archive-message-head">
      <div className="row gap-8">
        <h2 className="archive-title grow selectable">
          {view.subject === '' ? t('noSubject') : <HitText text={view.subject} hits={view.subjectHits} />}
        </h2>
        {view.flagged && <FlaggedIcon className="archive-flag" aria-label={t('flagged')} />}
        <HeadActions archiveId={archiveId} view={view} />
      </div>
      <div className="row gap-12 archive-people">
        <span className="archive-face" aria-hidden>
          {initials(sender ? sender.name || sender.address : '')}
        </span>
        <div className="grow selectable">
          <p className="ellipsis">
            <span className="strong">{sender ? sender.name || sender.address : t('unknownSender')}</span>
            {sender && sender.name !== '' && <span className="mute"> {sender.address}</span>}
          </p>
          <p className="caption mute ellipsis" title={fullNames(view.to)}>
            {names === '' ? t('inFolder', { folder }) : t('toLine', { names, folder })}
          </p>
          <Others people={view.cc} text={(others) => t('cc', { names: others })} />
          <Others people={view.bcc} text={(others) => t('bcc', { names: others })} />
          <Others people={repliesElsewhere(view)} text={(others) => t('replyTo', { names: others })} />
        </div>
        <span className="caption mute num archive-date">{date === null ? t('noDate') : format.long(date)}</span>
      </div>
    </header>
  );
}

function Others({ people, text }: { people: readonly MailAddress[]; text: (names: string) => string }) {
  if (people.length === 0) return null;
  return (
    <p className="caption mute ellipsis" title={fullNames(people)}>
      {text(namesOf(people))}
    </p>
  );
}

function HeadActions({ archiveId, view }: { archiveId: string; view: MessageView }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const ref = refOf(view);
  const save = useAction(async () => {
    try {
      const result = await calls.archives.saveMessage({ id: archiveId, ref });
      finishSaving(result, (file) => showToast(t('saved', { file })));
    } catch (error) {
      noticeFailure(error);
    }
  });
  useCommand('save', save.run);
  const copy = () => goTo({ screen: 'restore', archiveId, accountId: null, mailboxes: [ref.mailbox], messages: [ref] });
  return (
    <>
      <Tooltip content={t('saveEml')} relationship="label">
        <Button appearance="subtle" icon={<SaveIcon />} disabled={save.busy} onClick={save.run} />
      </Tooltip>
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<MoreIcon />} aria-label={common('moreActions')} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<RestoreIcon />} onClick={copy}>
              {t('copyMessage')}
            </MenuItem>
            <MenuItem icon={<SaveIcon />} onClick={save.run}>
              {t('saveEml')}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </>
  );
}
