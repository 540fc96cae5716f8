/** Up to four facts in a row, caption above value. */
import type { ReactNode } from 'react';

export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

interface FactProps {
  label: string;
  /** null: not known yet. */
  value: ReactNode;
  /** Lighter, after the value. */
  note?: ReactNode;
  /** A bar or the like, after the note. */
  extra?: ReactNode;
  title?: string;
}

export function Fact({ label, value, note, extra, title }: FactProps) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd title={title}>
        {value ?? <span className="mute">–</span>}
        {note !== undefined && <span className="note">{note}</span>}
        {extra}
      </dd>
    </div>
  );
}
