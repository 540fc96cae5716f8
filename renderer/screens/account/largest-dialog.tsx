/** The largest messages of the account, read from the server when asked for. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Spinner,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedAccount } from '../../../shared/app.ts';
import type { LargeMessage } from '../../../shared/overview.ts';
import { calls } from '../../bridge.ts';
import { DialogWindow } from '../../components/dialog-window.tsx';
import { FailureBar } from '../../components/message-bar.tsx';
import { senderText } from '../../lib/names.ts';
import { useLoad } from '../../lib/use-call.ts';
import { useFormat } from '../../lib/use-format.ts';
import { withSecret } from '../../store/dialogs.ts';
import type { FolderNode, FolderTree } from './folder-tree.ts';

const LIMIT = 100;

interface LargestDialogProps {
  account: SavedAccount;
  tree: FolderTree;
  nameOf: (node: FolderNode) => string;
  onClose: () => void;
}

export function LargestDialog({ account, tree, nameOf, onClose }: LargestDialogProps) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const [turn, setTurn] = useState(0);
  const { value, failure } = useLoad(`${account.id}:${turn}`, async (signal) => {
    const messages = await withSecret(() => calls.accounts.largest({ id: account.id, limit: LIMIT }, { signal }));
    if (!messages && !signal.aborted) onClose();
    return messages ?? [];
  });
  const folderOf = ({ mailbox }: LargeMessage) => {
    const node = tree.byPath.get(mailbox);
    return node ? nameOf(node) : mailbox;
  };
  return (
    <DialogWindow onClose={onClose}>
      <DialogSurface className="account-largest">
        <DialogBody>
          <DialogTitle>{t('largestTitle', { name: account.name })}</DialogTitle>
          <DialogContent tabIndex={0}>
            {failure && <FailureBar failure={failure} onRetry={() => setTurn(turn + 1)} />}
            {!failure && !value && <Spinner label={t('largestReading')} labelPosition="below" />}
            {value && value.length === 0 && <p className="quiet">{t('largestNone')}</p>}
            {value && value.length > 0 && <Messages messages={value} folderOf={folderOf} />}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {common('close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </DialogWindow>
  );
}

interface MessagesProps {
  messages: LargeMessage[];
  folderOf: (message: LargeMessage) => string;
}

function Messages({ messages, folderOf }: MessagesProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  return (
    <table className="table">
      <thead>
        <tr>
          <th className="subject">{t('subject')}</th>
          <th>{t('from')}</th>
          <th>{t('folder')}</th>
          <th className="date">{t('date')}</th>
          <th className="size right">{t('size')}</th>
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <tr key={`${message.mailbox}\0${message.uid}`}>
            <td title={message.subject}>{message.subject || <span className="mute">{t('noSubject')}</span>}</td>
            <td title={message.from}>
              {senderText(message.from, []) || <span className="mute">{t('noSender')}</span>}
            </td>
            <td title={message.mailbox}>{folderOf(message)}</td>
            <td className="num">{message.date === null ? '–' : format.when(message.date)}</td>
            <td className="num right" title={format.exactSize(message.sizeBytes)}>
              {format.size(message.sizeBytes)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
