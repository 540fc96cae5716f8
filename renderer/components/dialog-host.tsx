/** Shows the question on top of store/dialogs.ts. */
import { useFocusFinders } from '@fluentui/react-components';
import { useDialogs, type Question } from '../store/dialogs.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { FolderPicker } from './folder-picker.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { VaultDialog } from './vault-dialog.tsx';

function show(question: Question) {
  switch (question.kind) {
    case 'confirm':
      return <ConfirmDialog question={question.question} onAnswer={question.answer} />;
    case 'password':
      return <PasswordDialog accountId={question.accountId} failure={question.failure} onAnswer={question.answer} />;
    case 'vault':
      return <VaultDialog mode={question.mode} onAnswer={question.answer} />;
    case 'folder':
      return <FolderPicker purpose={question.purpose} start={question.start} onAnswer={question.answer} />;
  }
}

export function DialogHost() {
  // Keeps Fluent's Tabster alive between dialogs. On a page with no other user of it, it would go with the dialog and
  // leave the page behind aria-hidden: silent to screen readers from then on.
  useFocusFinders();
  const question = useDialogs((store) => store.questions.at(-1));
  return question ? show(question) : null;
}
