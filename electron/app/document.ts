/** What the app remembers between starts: settings, accounts, archives. No secret is ever in it. */
import * as z from 'zod';
import type { SavedAccount, Settings } from '../../shared/app.ts';
import { account, secretPlace } from '../../shared/inputs.ts';
import type { DocumentStore } from './host.ts';

const provider = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.enum(['app-password', 'oauth-only', 'bridge', 'enable-imap', 'no-imap']).nullable(),
  hintUrl: z.string().nullable(),
});

const storedAccount = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  account,
  provider: provider.nullable(),
  secretPlace,
  archiveId: z.string().nullable(),
  lastBackup: z
    .object({
      jobId: z.string(),
      endedAt: z.string(),
      state: z.enum(['running', 'pausing', 'paused', 'stopping', 'complete', 'incomplete', 'stopped', 'failed']),
      failed: z.number(),
    })
    .nullable(),
});

const storedArchive = z.object({
  id: z.string(),
  folder: z.string(),
  name: z.string(),
  account: z.string(),
  layout: z.enum(['mbox', 'eml']),
  messages: z.number(),
  sizeBytes: z.number(),
  firstYear: z.number().nullable(),
  lastYear: z.number().nullable(),
  verifiedAt: z.string().nullable(),
});

const settings = z.object({
  language: z.enum(['system', 'en', 'de']),
  theme: z.enum(['system', 'light', 'dark']),
  archivesFolder: z.string(),
  connections: z.number().int().min(1).max(16),
  bytesPerSecond: z.number().nullable(),
  notify: z.boolean(),
  keepAwake: z.boolean(),
  singleKeys: z.boolean(),
});

export type StoredAccount = z.infer<typeof storedAccount> & Pick<SavedAccount, 'demo'>;
export type StoredArchive = z.infer<typeof storedArchive> & { demo: boolean };

export interface AppDocument {
  settings: Settings;
  accounts: StoredAccount[];
  archives: StoredArchive[];
}

export class Book {
  readonly #store: DocumentStore;
  readonly #onChange: () => void;
  readonly #document: AppDocument;

  /** What cannot be read entry by entry is left out: one damaged entry must not hide the others. */
  constructor(store: DocumentStore, archivesFolder: string, onChange: () => void) {
    this.#store = store;
    this.#onChange = onChange;
    const read = z
      .object({ settings: z.unknown(), accounts: z.array(z.unknown()), archives: z.array(z.unknown()) })
      .partial()
      .safeParse(store.read()).data;
    const defaults: Settings = {
      language: 'system',
      theme: 'system',
      archivesFolder,
      connections: 4,
      bytesPerSecond: null,
      notify: true,
      keepAwake: true,
      singleKeys: true,
    };
    this.#document = {
      settings: { ...defaults, ...settings.partial().safeParse(read?.settings).data },
      accounts: entries(read?.accounts, storedAccount).map((entry) => ({ ...entry, demo: false })),
      archives: entries(read?.archives, storedArchive).map((entry) => ({ ...entry, demo: false })),
    };
  }

  get document(): Readonly<AppDocument> {
    return this.#document;
  }

  account(id: string): StoredAccount | undefined {
    return this.#document.accounts.find((a) => a.id === id);
  }

  archive(id: string): StoredArchive | undefined {
    return this.#document.archives.find((a) => a.id === id);
  }

  change(act: (document: AppDocument) => void): void {
    act(this.#document);
    const kept = <T extends { demo: boolean }>(list: T[]) =>
      list.filter((entry) => !entry.demo).map(({ demo: _, ...entry }) => entry);
    const { settings: chosen, accounts, archives } = this.#document;
    this.#store.write({ version: 1, settings: chosen, accounts: kept(accounts), archives: kept(archives) });
    this.#onChange();
  }
}

function entries<T>(list: unknown[] | undefined, schema: z.ZodType<T>): T[] {
  return (list ?? []).flatMap((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}
