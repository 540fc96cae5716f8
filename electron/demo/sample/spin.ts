import type { Random } from './random.ts';

/** What a conversation has settled on: `{book=Gästebuch|Fotoalbum}` binds, `{book}` repeats. */
export type Bindings = Map<string, string>;

/**
 * A text with its choices made: `{a|b}` picks one, `{name=a|b}` picks and remembers, `{name}` repeats. Choices may hold
 * choices. A choice of one word, `{x}`, that nobody bound is an error in the template.
 */
export function spin(template: string, random: Random, bindings: Bindings = new Map()): string {
  let text = template;
  for (;;) {
    const next = text.replace(/\{([^{}]*)\}/, (_, inner: string) => choose(inner, random, bindings));
    if (next === text) return text;
    text = next;
  }
}

function choose(inner: string, random: Random, bindings: Bindings): string {
  const named = /^([a-z]+)=(.*)$/s.exec(inner);
  const name = named?.[1];
  const choices = (named?.[2] ?? inner).split('|');
  if (name === undefined && choices.length === 1) {
    const bound = bindings.get(inner);
    if (bound === undefined) throw new Error(`"{${inner}}" is not bound in a sample text.`);
    return bound;
  }
  const chosen = random.pick(choices);
  if (name !== undefined) bindings.set(name, chosen);
  return chosen;
}
