/** A ring that turns while something runs, as full as that is done. */

const LENGTH = 2 * Math.PI * 6.5;

export function Ring({ fraction }: { fraction: number | null }) {
  const part = Math.min(Math.max(fraction ?? 0.25, 0.08), 1) * LENGTH;
  return (
    <svg className="ring" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" />
      <circle className="done" cx="8" cy="8" r="6.5" strokeDasharray={`${part} ${LENGTH}`} />
    </svg>
  );
}
