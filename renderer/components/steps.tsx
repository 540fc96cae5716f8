/** The steps of a flow, named at the top right of its page. */
import { FoldedIcon } from './icons.tsx';

export function Steps({ names, current }: { names: readonly string[]; current: number }) {
  return (
    <ol className="steps">
      {names.map((name, index) => (
        <li key={name}>
          {index > 0 && <FoldedIcon aria-hidden />}
          <span aria-current={index === current ? 'step' : undefined}>{name}</span>
        </li>
      ))}
    </ol>
  );
}
