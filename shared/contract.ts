/** THE table of calls between a window and the engine's process. Hosts carry it and never read it. */
import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { AppState } from './app.ts';
import type { ArchiveFolder, ArchiveHits, IndexState, MessagePage, MessageSource, MessageView } from './browse.ts';
import type { ConnectionReport, Discovery } from './connection.ts';
import type { Failure } from './failure.ts';
import type { JobReport } from './job.ts';
import type { JobPlan, JobView } from './job-request.ts';
import type { AccountOverview, LargeMessage } from './overview.ts';
import { account, jobRequest, messageQuery, messageRef, secretPlace, settingsPatch, text } from './inputs.ts';

/** Every call may end in this one error; the failure crosses as data. */
const call = oc.errors({ FAILURE: { data: type<Failure>() } });
const id = z.object({ id: text(200) });

export const contract = {
  app: {
    /** The whole state at once, then whenever it changed. */
    watch: call.output(eventIterator(type<AppState>())),
    changeSettings: call.input(settingsPatch).output(type<void>()),
    startDemo: call.output(type<{ accountId: string; targetId: string }>()),
    stopDemo: call.output(type<void>()),
  },
  vault: {
    create: call.input(z.object({ passphrase: text(1000) })).output(type<void>()),
    unlock: call.input(z.object({ passphrase: text(1000) })).output(type<void>()),
    lock: call.output(type<void>()),
    /** For a passphrase that nobody remembers: its passwords are gone, and are asked for from then on. */
    discard: call.output(type<void>()),
  },
  accounts: {
    discover: call.input(z.object({ address: text(320) })).output(type<Discovery>()),
    /** Sign in and out again. A certificate in doubt is a failure whose details show it; nothing was sent then. */
    test: call
      .input(z.object({ account, password: text(10_000) }))
      .output(type<{ report: ConnectionReport; serverName: string; folders: number }>()),
    add: call
      .input(
        z.object({
          name: text(200),
          address: text(320),
          account,
          password: text(10_000),
          keep: secretPlace,
          providerId: text(100).nullable(),
        }),
      )
      .output(type<{ id: string }>()),
    /** Without a password the one that is kept stays. */
    change: call
      .input(
        z.object({
          id: text(200),
          name: text(200).optional(),
          account: account.optional(),
          password: text(10_000).optional(),
          keep: secretPlace.optional(),
        }),
      )
      .output(type<void>()),
    /** Held in memory until the app closes. */
    givePassword: call.input(z.object({ id: text(200), password: text(10_000) })).output(type<void>()),
    remove: call.input(id).output(type<void>()),
    /** What is known at once, then whole snapshots as sizes come in; ends when all is known. */
    overview: call
      .input(z.object({ id: text(200), refresh: z.boolean() }))
      .output(eventIterator(type<AccountOverview>())),
    largest: call.input(z.object({ id: text(200), limit: z.int().min(1).max(500) })).output(type<LargeMessage[]>()),
  },
  jobs: {
    /** Only for restore and migrate; writes nothing. */
    plan: call.input(jobRequest).output(type<JobPlan>()),
    start: call.input(jobRequest).output(type<{ id: string }>()),
    /** The whole job at once, then as it changes, at most four times a second; ends with the job. */
    watch: call.input(id).output(eventIterator(type<JobView>())),
    pause: call.input(id).output(type<void>()),
    resume: call.input(id).output(type<void>()),
    cancel: call.input(id).output(type<void>()),
    /** Start a stopped, failed or incomplete job again: it goes on where it stopped. */
    again: call.input(id).output(type<{ id: string }>()),
    report: call.input(id).output(type<JobReport>()),
    /** @returns null when the user chose no place; in a browser a URL to download from */
    saveReport: call
      .input(z.object({ id: text(200), format: z.enum(['html', 'csv', 'json']), language: z.enum(['en', 'de']) }))
      .output(type<{ saved: string | null; url: string | null }>()),
    remove: call.input(id).output(type<void>()),
  },
  archives: {
    open: call.input(z.object({ folder: text(4096) })).output(type<{ id: string }>()),
    /** Takes it off the list; the folder stays as it is. */
    forget: call.input(id).output(type<void>()),
    folders: call.input(id).output(type<ArchiveFolder[]>()),
    messages: call
      .input(z.object({ id: text(200), query: messageQuery, offset: z.int().min(0), limit: z.int().min(1).max(1000) }))
      .output(type<MessagePage>()),
    /** search marks hits in text, subject and page; dark puts the page on a dark sheet. */
    message: call
      .input(
        z.object({
          id: text(200),
          ref: messageRef,
          search: text(1000),
          remotePictures: z.boolean(),
          dark: z.boolean(),
        }),
      )
      .output(type<MessageView>()),
    source: call.input(z.object({ id: text(200), ref: messageRef })).output(type<MessageSource>()),
    saveMessage: call
      .input(z.object({ id: text(200), ref: messageRef }))
      .output(type<{ saved: string | null; url: string | null }>()),
    saveAttachment: call
      .input(z.object({ id: text(200), ref: messageRef, index: z.int().min(0) }))
      .output(type<{ saved: string | null; url: string | null }>()),
    /** Desktop only, with the system's program. The window warns before a risky one. */
    openAttachment: call
      .input(z.object({ id: text(200), ref: messageRef, index: z.int().min(0) }))
      .output(type<void>()),
    /** State of the full-text index, which is built when first asked for; ends when it is ready. */
    index: call.input(id).output(eventIterator(type<IndexState>())),
    searchAll: call.input(z.object({ text: text(1000), limit: z.int().min(1).max(200) })).output(type<ArchiveHits>()),
  },
  host: {
    /** @returns null when nothing was chosen or the host has no such dialog */
    chooseFolder: call
      .input(z.object({ purpose: z.enum(['open-archive', 'new-archive']), start: text(4096).nullable() }))
      .output(type<string | null>()),
    /** Folders below one, for hosts without dialogs. null: the home folder. */
    listFolders: call
      .input(z.object({ folder: text(4096).nullable() }))
      .output(type<{ folder: string; parent: string | null; folders: { name: string; isArchive: boolean }[] }>()),
    showFolder: call.input(z.object({ folder: text(4096) })).output(type<void>()),
    /** https and mailto only, after a click of the user. */
    openExternal: call.input(z.object({ url: text(4096) })).output(type<void>()),
  },
};

export type Contract = typeof contract;
