/** One setting: its name and help on the left, its control on the right. */
import { useId, type ReactNode } from 'react';

interface SettingProps {
  label: string;
  hint?: string;
  /** Gets the ids of label and hint, for aria-labelledby and aria-describedby. */
  children: (ids: { labelId: string; hintId: string | undefined }) => ReactNode;
}

export function Setting({ label, hint, children }: SettingProps) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="setting">
      <div className="grow">
        <p id={id}>{label}</p>
        {hint !== undefined && (
          <p className="caption mute" id={hintId}>
            {hint}
          </p>
        )}
      </div>
      <div className="setting-control">{children({ labelId: id, hintId })}</div>
    </div>
  );
}

export function SettingGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="setting-group">
      <h2 className="section">{title}</h2>
      {children}
    </section>
  );
}

interface ChoiceProps<T extends string> {
  value: T;
  options: readonly (readonly [T, string])[];
  onValue: (value: T) => void;
  labelledBy: string;
  describedBy: string | undefined;
}

/** A native list box: short, known to everybody, right in every theme. */
export function Choice<T extends string>({ value, options, onValue, labelledBy, describedBy }: ChoiceProps<T>) {
  return (
    <select
      className="setting-select"
      value={value}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onChange={(event) => onValue(event.target.value as T)}
    >
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  );
}
