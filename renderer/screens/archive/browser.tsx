/** Search and filters above three panes: folders, messages, the open message. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownArchive } from '../../../shared/app.ts';
import type { MessageQuery } from '../../../shared/browse.ts';
import type { MessageRef } from '../../../shared/job-request.ts';
import { calls } from '../../bridge.ts';
import { FailureBar } from '../../components/message-bar.tsx';
import { folderLabel } from '../../lib/folder-label.ts';
import { useLoad } from '../../lib/use-call.ts';
import type { Route } from '../../store/view-store.ts';
import { FilterBar } from './filter-bar.tsx';
import { FolderPane } from './folder-pane.tsx';
import { MessagePane } from './message-pane.tsx';
import { rowAt } from './page-store.ts';
import { refKey, refOf } from './query.ts';
import { ReadingPane } from './reading-pane.tsx';
import { useArchiveList } from './use-archive-list.ts';

interface BrowserProps {
  archive: KnownArchive;
  route: Extract<Route, { screen: 'archive' }>;
  edition: string;
}

/** index null: it was asked for by name, wherever it is in the list. ref null: its page is on the way. */
export interface Chosen {
  index: number | null;
  ref: MessageRef | null;
}

const NONE: Chosen = { index: null, ref: null };

export function Browser({ archive, route, edition }: BrowserProps) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const list = useArchiveList(route, edition);
  const [chosen, setChosen] = useState<Chosen>({ index: null, ref: route.message ?? null });
  const [folderTries, setFolderTries] = useState(0);
  const folders = useLoad(`${edition}:${folderTries}`, (signal) =>
    calls.archives.folders({ id: archive.id }, { signal }),
  );
  const delimiters = useMemo(
    () => new Map((folders.value ?? []).map(({ path, delimiter }) => [path, delimiter])),
    [folders.value],
  );
  const rows = list.state.list;
  const row = chosen.index === null || !rows ? undefined : rowAt(rows, chosen.index);
  const open = chosen.ref ?? (row ? refOf(row) : null);
  const change = (part: Partial<MessageQuery>) => {
    setChosen(part.mailbox === undefined ? { ...NONE, ref: open } : NONE);
    list.change(part);
  };
  const type = (text: string) => {
    setChosen({ ...NONE, ref: open });
    list.type(text);
  };
  const failure = list.state.failure ?? folders.failure;
  const again = () => {
    list.again();
    setFolderTries(folderTries + 1);
  };
  return (
    <>
      <FilterBar list={list} onChange={change} onType={type} />
      {failure && (
        <div className="archive-failure">
          <FailureBar failure={failure} onRetry={again} />
        </div>
      )}
      <div className="archive-panes">
        <FolderPane
          folders={folders.value}
          hits={list.query.text === '' ? null : (rows?.perMailbox ?? null)}
          total={archive.messages}
          mailbox={list.query.mailbox}
          onPick={(mailbox) => change({ mailbox })}
        />
        <MessagePane archive={archive} list={list} chosen={chosen} open={open} onChoose={setChosen} onChange={change} />
        {open ? (
          <ReadingPane
            key={archive.id}
            archiveId={archive.id}
            messageRef={open}
            search={list.query.text}
            folder={folderLabel(open.mailbox, delimiters.get(open.mailbox) ?? null, common('specialUse.inbox'))}
            id={refKey(open)}
          />
        ) : (
          <section className="archive-reading archive-none" data-pane aria-label={t('reading')}>
            <p className="mute">{t('pickMessage')}</p>
          </section>
        )}
      </div>
    </>
  );
}
