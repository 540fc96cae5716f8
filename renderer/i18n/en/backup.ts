/** The page before a first backup. */
export const backup = {
  title: 'Back up {{name}}',
  sentence: 'A complete copy on this computer. Nothing changes in the mailbox itself.',
  starting: 'Starting the backup.',
  where: 'Where the archive goes',
  whereHint: 'A folder for this account alone. Its files can be read without Mailferry.',
  whichFolders: 'Which folders',
  allFolders: 'All folders, and those that come later',
  someFolders_one: 'One folder, ticked on the account’s page',
  someFolders_other: '{{count, n}} folders, ticked on the account’s page',
  changeFolders: 'Choose folders',
  layout: 'How messages are kept',
  mbox: 'One file for each folder (mbox)',
  mboxHint: 'Fastest, and opens in Thunderbird and most mail programs.',
  eml: 'One file for each message (EML)',
  emlHint: 'Easy to browse and to copy single messages. Needs more time and space.',
  start: 'Start the backup',
  missing:
    'The archive’s disk or folder is not there: {{folder}}. Connect it and try again, or choose another folder for a new archive.',
};
