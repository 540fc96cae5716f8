/** A dialog: title, body, buttons; Escape and the backdrop cancel it; Enter takes the primary. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogWindow } from './dialog-window.tsx';

interface ModalProps {
  title: string;
  children: ReactNode;
  primary: string;
  primaryDisabled?: boolean;
  danger?: boolean;
  onPrimary: () => void;
  onCancel: () => void;
  /** The way out, where "Cancel" would be unclear. */
  cancel?: string;
  /** Beside the buttons, on the left. */
  extra?: ReactNode;
  width?: number;
}

export function Modal(props: ModalProps) {
  const { title, children, primary, primaryDisabled, danger, onPrimary, onCancel, cancel, extra, width = 480 } = props;
  const { t } = useTranslation();
  return (
    <DialogWindow onClose={onCancel}>
      <DialogSurface style={{ maxWidth: width }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!primaryDisabled) onPrimary();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>{children}</DialogContent>
            <DialogActions fluid={extra !== undefined}>
              {extra}
              <Button onClick={onCancel}>{cancel ?? t('cancel')}</Button>
              <Button
                appearance="primary"
                type="submit"
                className={danger ? 'danger-button' : undefined}
                disabled={primaryDisabled}
              >
                {primary}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </DialogWindow>
  );
}
