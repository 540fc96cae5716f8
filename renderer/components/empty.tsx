/** Nothing here yet: one drawing, one sentence, one button. */
import type { ReactNode } from 'react';

interface EmptyProps {
  drawing: ReactNode;
  text: string;
  action?: ReactNode;
}

export function Empty({ drawing, text, action }: EmptyProps) {
  return (
    <div className="empty">
      {drawing}
      <p>{text}</p>
      {action}
    </div>
  );
}
