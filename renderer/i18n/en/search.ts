/** The search over all archives. */
export const search = {
  title: 'Search in all archives',
  sentence_one: '{{count, n}} message with “{{text}}”',
  sentence_other: '{{count, n}} messages with “{{text}}”',
  searching: 'Searching for “{{text}}”',
  none: 'No message with “{{text}}” in any archive.',
  noArchives: 'There is no archive to search yet.',
  firstOnes: 'The first {{shown, n}} are shown. Open an archive to see all of its hits.',
  in: 'in {{archive}}, {{folder}}',
  attachment: 'With attachment',
  noSubject: '(no subject)',
  unknownSender: 'Unknown sender',
  notSearched: 'Not searched, because their disk is not connected or they cannot be read: {{names}}.',
  foundIn: 'Found in {{time}}',
};
