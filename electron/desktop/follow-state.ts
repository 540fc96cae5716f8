/** Follows what the shell itself shows of the app's state, by the same call that a window makes. */
import { createRouterClient } from '@orpc/server';
import { placesOf } from '../../shared/places.ts';
import type { App } from '../app/app.ts';
import type { FromEngine } from './messages.ts';

export function followState({ router }: App, tell: (message: FromEngine) => void): void {
  void follow();

  /** Ends with the app; what it told last still holds then. */
  async function follow(): Promise<void> {
    const tellPreferences = onChange(tell);
    const tellPlaces = onChange(tell);
    const states = await createRouterClient(router, { context: {} }).app.watch();
    for await (const state of states) {
      const { language, theme } = state.settings;
      tellPreferences({ type: 'preferences', preferences: { language, theme } });
      tellPlaces({ type: 'places', names: placesOf(state).map(({ name }) => name) });
    }
  }
}

/** Lets through what differs from what it let through before. */
function onChange<T>(tell: (value: T) => void): (value: T) => void {
  let told = '';
  return (value) => {
    const text = JSON.stringify(value);
    if (text !== told) tell(value);
    told = text;
  };
}
