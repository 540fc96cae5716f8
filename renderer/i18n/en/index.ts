import { account } from './account.ts';
import { archive } from './archive.ts';
import { backup } from './backup.ts';
import { common } from './common.ts';
import { connect } from './connect.ts';
import { failures } from './failures.ts';
import { firstRun } from './first-run.ts';
import { flows } from './flows.ts';
import { job } from './job.ts';
import { jobs } from './jobs.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';

/** One namespace an area; a screen asks for its own with useTranslation('area'). */
export const en = {
  backup,
  common,
  shell,
  failures,
  firstRun,
  connect,
  account,
  flows,
  job,
  jobs,
  archive,
  search,
  settings,
};
