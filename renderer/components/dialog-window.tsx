/** An open dialog. It is shown by being there; who closes it takes it away. */
import { Dialog } from '@fluentui/react-components';
import { useEffect, useState, type JSX } from 'react';

interface DialogWindowProps {
  /** Escape, the backdrop, or a button of the dialog. */
  onClose: () => void;
  children: JSX.Element;
}

export function DialogWindow({ onClose, children }: DialogWindowProps) {
  useReturnFocus();
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()} modalType="modal">
      {children}
    </Dialog>
  );
}

/**
 * Back to what was in hand before, or to the page's title when that is gone. Fluent returns the focus to triggers only,
 * and while nothing has it, tabster goes on hiding the whole page from screen readers.
 */
function useReturnFocus(): void {
  // While the first picture is made, before a field of the dialog takes the focus.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the dialog has left the page: focus that is in it still would be lost again.
      requestAnimationFrame(() => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
        const place = isThere ? before : document.querySelector<HTMLElement>('main h1');
        place?.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
