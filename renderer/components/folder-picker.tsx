/** Choosing a folder of this computer from a browser, which has no dialog for it. */
import { Button, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calls } from '../bridge.ts';
import { useLoad } from '../lib/use-call.ts';
import type { FolderPurpose } from '../store/dialogs.ts';
import { ArchiveIcon, FolderIcon, UpIcon } from './icons.tsx';
import { FailureBar } from './message-bar.tsx';
import { Modal } from './modal.tsx';

interface FolderPickerProps {
  purpose: FolderPurpose;
  start: string | null;
  onAnswer: (folder: string | null) => void;
}

/** With the separator that the parent uses: a Windows path has backslashes. */
function below(folder: string, name: string): string {
  const separator = /^[A-Za-z]:|\\/.test(folder) ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

export function FolderPicker({ purpose, start, onAnswer }: FolderPickerProps) {
  const { t } = useTranslation('shell');
  const [asked, setAsked] = useState<string | null>(start);
  const [typed, setTyped] = useState<string | null>(null);
  const list = useLoad(`folder:${asked ?? ''}`, (signal) => calls.host.listFolders({ folder: asked }, { signal }));
  const folder = list.value?.folder ?? asked ?? '';
  const show = (next: string) => {
    setAsked(next);
    setTyped(null);
  };
  return (
    <Modal
      title={purpose === 'open-archive' ? t('folderOpenTitle') : t('folderNewTitle')}
      primary={purpose === 'open-archive' ? t('folderOpen') : t('folderUse')}
      primaryDisabled={(typed ?? folder) === ''}
      onPrimary={() => onAnswer(typed ?? folder)}
      onCancel={() => onAnswer(null)}
      width={560}
    >
      <div className="dialog-stack">
        <div className="row gap-8">
          <Button
            icon={<UpIcon />}
            aria-label={t('folderUp')}
            disabled={!list.value?.parent}
            onClick={() => list.value?.parent && show(list.value.parent)}
          />
          <Input
            className="grow"
            aria-label={t('folderPath')}
            value={typed ?? folder}
            onChange={(_, data) => setTyped(data.value)}
            spellCheck={false}
          />
        </div>
        {list.failure && <FailureBar failure={list.failure} />}
        <ul className="folder-list" aria-label={t('folderPath')}>
          {list.value?.folders.map(({ name, isArchive }) => (
            <li key={name}>
              <button type="button" onClick={() => show(below(folder, name))}>
                {isArchive ? <ArchiveIcon aria-hidden /> : <FolderIcon aria-hidden />}
                <span className="ellipsis grow">{name}</span>
                {isArchive && <span className="tag ok">{t('folderIsArchive')}</span>}
              </button>
            </li>
          ))}
          {list.value?.folders.length === 0 && <li className="mute folder-empty">{t('folderEmpty')}</li>}
        </ul>
      </div>
    </Modal>
  );
}
