/** What can be done with the account: restore, move, back up, and the rest in a menu. */
import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MenuDivider,
  Tooltip,
} from '@fluentui/react-components';
import { memo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobBrief, SavedAccount } from '../../../shared/app.ts';
import {
  AgainIcon,
  BackUpIcon,
  DraftsIcon,
  EncryptedIcon,
  JobsIcon,
  MoreIcon,
  MoveIcon,
  RestoreIcon,
  TrashIcon,
} from '../../components/icons.tsx';
import { shortcutText } from '../../shortcuts.ts';
import { useApp, useLanguage } from '../../store/app-store.ts';
import { useCommand } from '../../store/commands.ts';
import { selectPlatform, selectShell } from '../../store/selectors.ts';
import { goTo } from '../../store/view-store.ts';
import { chosenPaths, type Ticks } from './ticks.ts';
import { useMedia } from './use-calm.ts';

interface AccountActionsProps {
  account: SavedAccount;
  ticks: Ticks;
  /** In the ticked folders; null: not known, or before the first backup. */
  newMessages: number | null;
  /** A backup that is under way. */
  job: JobBrief | undefined;
  canBackUp: boolean;
  onReadAgain: () => void;
  onConnection: () => void;
  onRemove: () => void;
}

/** Ticked folders for a route; none when everything is meant. */
function chosen(ticks: Ticks): { mailboxes?: string[] } {
  const mailboxes = chosenPaths(ticks);
  return mailboxes === null ? {} : { mailboxes };
}

export const AccountActions = memo(function AccountActions(props: AccountActionsProps) {
  const { account, ticks, newMessages, job, canBackUp } = props;
  const { t } = useTranslation('account');
  const accountId = account.id;
  const isNarrow = useMedia('(max-width: 1099px)');
  const showJob = () => job && goTo({ screen: 'job', jobId: job.id });
  const backUp = () => goTo({ screen: 'backup', accountId, ...chosen(ticks) });
  useCommand('back-up', job ? showJob : canBackUp ? backUp : null);
  useCommand('read-again', props.onReadAgain);
  const move = () => goTo({ screen: 'migrate', accountId, ...(canBackUp ? chosen(ticks) : {}) });
  const restore = () => goTo({ screen: 'restore', archiveId: account.archiveId, accountId });
  return (
    <>
      <Quiet icon={<RestoreIcon />} text={t('restore')} isShort={isNarrow} onClick={restore} />
      <Quiet icon={<MoveIcon />} text={t('move')} isShort={isNarrow} onClick={move} />
      {job ? (
        <Button appearance="primary" icon={<JobsIcon />} onClick={showJob}>
          {t('showJob')}
        </Button>
      ) : (
        <Button appearance="primary" icon={<BackUpIcon />} onClick={backUp} disabled={!canBackUp}>
          {newMessages ? t('backUpNew', { count: newMessages }) : t('backUp')}
        </Button>
      )}
      <MoreMenu {...props} />
    </>
  );
});

interface QuietProps {
  icon: JSX.Element;
  text: string;
  /** Its words in a tooltip, where a narrow window needs the room for the title. */
  isShort: boolean;
  onClick: () => void;
}

function Quiet({ icon, text, isShort, onClick }: QuietProps) {
  if (!isShort) {
    return (
      <Button appearance="subtle" icon={icon} onClick={onClick}>
        {text}
      </Button>
    );
  }
  return (
    <Tooltip content={text} relationship="label">
      <Button appearance="subtle" icon={icon} onClick={onClick} />
    </Tooltip>
  );
}

function MoreMenu({ account, onReadAgain, onConnection, onRemove }: AccountActionsProps) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const language = useLanguage();
  const keyboard = { shell: useApp(selectShell), platform: useApp(selectPlatform) };
  const edit = () => goTo({ screen: 'edit-account', accountId: account.id });
  return (
    <Menu positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<MoreIcon />} aria-label={common('moreActions')} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<DraftsIcon />} onClick={edit}>
            {t('editAccount')}
          </MenuItem>
          <MenuItem
            icon={<AgainIcon />}
            secondaryContent={shortcutText('read-again', keyboard, language)}
            onClick={onReadAgain}
          >
            {t('readAgain')}
          </MenuItem>
          <MenuItem icon={<EncryptedIcon />} onClick={onConnection}>
            {t('connectionDetails')}
          </MenuItem>
          <MenuDivider />
          <MenuItem icon={<TrashIcon />} onClick={onRemove}>
            {t('removeAccount')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
