/** For what cannot be taken back. */
import type { ConfirmQuestion } from '../store/dialogs.ts';
import { Modal } from './modal.tsx';

interface ConfirmDialogProps {
  question: ConfirmQuestion;
  onAnswer: (yes: boolean) => void;
}

export function ConfirmDialog({ question, onAnswer }: ConfirmDialogProps) {
  return (
    <Modal
      title={question.title}
      primary={question.confirm}
      cancel={question.cancel}
      danger={question.danger}
      onPrimary={() => onAnswer(true)}
      onCancel={() => onAnswer(false)}
    >
      <p className="quiet">{question.text}</p>
    </Modal>
  );
}
