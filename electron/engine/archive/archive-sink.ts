/** The archive as the place where messages go. */
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { makeFolder } from '../fs/durable.ts';
import type { MailboxPair, MessageWriter, Settle, Sink, SinkLane, SinkMailbox } from '../sink.ts';
import { ArchiveMailbox } from './archive-mailbox.ts';
import { archiveStatuses } from './archive-status.ts';
import type { CatalogMailbox } from './catalog.ts';
import { EmlWriter } from './eml-writer.ts';
import { mailPath } from './layout.ts';
import { attributes, newMailboxRecords, type MailboxWish } from './mailbox-files.ts';
import { MboxWriter } from './mbox-writer.ts';
import type { MailboxRecord } from './records.ts';
import type { WriteCore } from './write-core.ts';

export class ArchiveSink implements Sink {
  readonly kind = 'archive';
  readonly id: string;
  readonly maxLanes = 8;
  /** The journal is the truth: nothing has to be looked up in the store. */
  readonly readBack = null;
  readonly #core: WriteCore;
  readonly #lanes = new Set<ArchiveLane>();
  readonly #close: () => Promise<void>;

  /** @param close ends the archive this sink belongs to */
  constructor(core: WriteCore, close: () => Promise<void>) {
    this.#core = core;
    this.#close = close;
    this.id = core.manifest.archive;
  }

  async scan(_signal?: AbortSignal, without?: ReadonlySet<string>): Promise<MailboxStatus[]> {
    return archiveStatuses(this.#core.catalog, without);
  }

  async makeAll(pairs: readonly MailboxPair[]): Promise<void> {
    this.#core.recordTogether(() => {
      for (const pair of pairs) {
        try {
          this.#record(wishOf(pair));
        } catch (error) {
          // `prepare` tells it.
          if (!isEngineError(error, 'mailbox-refused')) throw error;
        }
      }
    });
  }

  /** @throws EngineError 'mailbox-refused' when another source mailbox is archived under this path already */
  async prepare(pair: MailboxPair): Promise<SinkMailbox> {
    const mailbox = this.#record(wishOf(pair));
    if (pair.source.selectable) this.#makeStore(mailbox);
    return new ArchiveMailbox(this.#core, mailbox);
  }

  #record(wish: MailboxWish): CatalogMailbox {
    const { catalog } = this.#core;
    const found = catalog.byPath.get(wish.path);
    if (!found) {
      for (const record of newMailboxRecords(catalog, this.#core.paths.mail, wish)) this.#core.recordNow(record);
      return catalog.byPath.get(wish.path)!;
    }
    const { record } = found;
    // A mailbox that so far was only somebody's parent has no source of its own yet.
    if (record.selectable && (record.source ?? record.path) !== wish.source) throw refused(record, wish);
    const next: MailboxRecord = { type: 'mailbox', id: record.id, ...attributes(wish), file: record.file };
    if (!sameRecord(record, next)) this.#core.recordNow(next);
    return found;
  }

  /** An empty mailbox is there too, for every program that looks at the folder. */
  #makeStore(mailbox: CatalogMailbox): void {
    if (this.#core.manifest.layout === 'eml') makeFolder(mailPath(this.#core.paths, mailbox.record.file));
    else this.#core.mboxFile(mailbox);
  }

  async openLane(): Promise<SinkLane> {
    const lane = new ArchiveLane(this.#core);
    this.#lanes.add(lane);
    return lane;
  }

  async close(): Promise<void> {
    for (const lane of this.#lanes) await lane.close();
    this.#lanes.clear();
    await this.#close();
  }
}

function wishOf({ source, targetPath, targetSpecialUse }: MailboxPair): MailboxWish {
  const { delimiter, selectable, subscribed } = source;
  return { path: targetPath, source: source.path, delimiter, specialUse: targetSpecialUse, selectable, subscribed };
}

function sameRecord(a: MailboxRecord, b: MailboxRecord): boolean {
  return (
    (a.source ?? a.path) === (b.source ?? b.path) &&
    a.delimiter === b.delimiter &&
    a.specialUse === b.specialUse &&
    a.selectable === b.selectable &&
    a.subscribed === b.subscribed
  );
}

function refused(record: MailboxRecord, wish: MailboxWish): EngineError {
  return new EngineError(
    'mailbox-refused',
    `The archive keeps ${record.source ?? record.path} under the name ${record.path}; ${wish.source} cannot go there too. Map it to another name.`,
    { scope: 'mailbox' },
  );
}

interface DrainingWriter extends MessageWriter {
  drain(): void;
}

class ArchiveLane implements SinkLane {
  readonly #core: WriteCore;
  #last: DrainingWriter | null = null;

  constructor(core: WriteCore) {
    this.#core = core;
  }

  writer(mailbox: SinkMailbox, uidValidity: number, settle: Settle): MessageWriter {
    // Writers of one lane are used one after another: the one before has nothing more to come.
    this.#last?.drain();
    const { mailbox: target } = mailbox as ArchiveMailbox;
    const eml = this.#core.manifest.layout === 'eml';
    this.#last = eml
      ? new EmlWriter(this.#core, target, uidValidity, settle)
      : new MboxWriter(this.#core, target, uidValidity, settle);
    return this.#last;
  }

  async close(): Promise<void> {
    this.#last?.drain();
    this.#last = null;
  }
}
