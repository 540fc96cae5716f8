/** Files in the message, to save or open; a program among them is named as such first. */
import { Button, Tooltip } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { Attachment, MessageView } from '../../../shared/browse.ts';
import { calls } from '../../bridge.ts';
import { DocumentIcon, PictureIcon, SaveIcon, WarningIcon } from '../../components/icons.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { noticeFailure } from '../../store/actions.ts';
import { useApp } from '../../store/app-store.ts';
import { confirm } from '../../store/dialogs.ts';
import { selectShell } from '../../store/selectors.ts';
import { showToast } from '../../store/view-store.ts';
import { refOf } from './query.ts';
import { finishSaving } from './saving.ts';

interface AttachmentsProps {
  archiveId: string;
  view: MessageView;
  attachments: readonly Attachment[];
}

export function Attachments({ archiveId, view, attachments }: AttachmentsProps) {
  const { t } = useTranslation('archive');
  const isDesktop = useApp(selectShell) === 'desktop';
  if (attachments.length === 0) return null;
  const place = { id: archiveId, ref: refOf(view) };
  const isWanted = ({ name, risky }: Attachment, opening: boolean) =>
    !risky ||
    confirm({
      title: opening ? t('riskyTitle', { name }) : t('riskySaveTitle', { name }),
      text: t('riskyText'),
      confirm: opening ? t('openAnyway') : t('saveAnyway'),
      danger: true,
    });
  const save = async (file: Attachment) => {
    if (!(await isWanted(file, false))) return;
    const result = await calls.archives.saveAttachment({ ...place, index: file.index });
    finishSaving(result, (name) => showToast(t('saved', { file: name })));
  };
  const open = async (file: Attachment) => {
    if (await isWanted(file, true)) await calls.archives.openAttachment({ ...place, index: file.index });
  };
  return (
    <ul className="archive-files" aria-label={t('attachments')}>
      {attachments.map((file) => (
        <File
          key={file.index}
          file={file}
          onOpen={isDesktop ? () => void open(file).catch(noticeFailure) : null}
          onSave={() => void save(file).catch(noticeFailure)}
        />
      ))}
    </ul>
  );
}

interface FileProps {
  file: Attachment;
  /** null: this shell opens no files. */
  onOpen: (() => void) | null;
  onSave: () => void;
}

function File({ file, onOpen, onSave }: FileProps) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const { name, originalName, risky, mimeType, sizeBytes } = file;
  const verb = onOpen ? t('openFile', { name }) : t('saveFile', { name });
  const Icon = risky ? WarningIcon : mimeType.startsWith('image/') ? PictureIcon : DocumentIcon;
  return (
    <li className={risky ? 'risky' : ''}>
      <button
        type="button"
        className="archive-file"
        title={originalName === null ? verb : t('wasNamed', { name: originalName })}
        onClick={onOpen ?? onSave}
      >
        <Icon aria-hidden />
        <span className="ellipsis">
          <span className="archive-file-name ellipsis">{name}</span>
          <span className="caption mute num">
            {format.size(sizeBytes)}
            {risky && ` · ${t('risky')}`}
          </span>
        </span>
      </button>
      {onOpen && (
        <Tooltip content={t('saveFile', { name })} relationship="label">
          <Button appearance="subtle" size="small" icon={<SaveIcon />} onClick={onSave} />
        </Tooltip>
      )}
    </li>
  );
}
