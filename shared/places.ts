/** The places that the page's rail leads to, in its order. Ctrl+1 and the desktop's menu count them alike. */
import type { AppState } from './app.ts';

export interface Place {
  kind: 'account' | 'archive';
  id: string;
  name: string;
}

export function placesOf({ accounts, archives }: Pick<AppState, 'accounts' | 'archives'>): Place[] {
  return [
    ...accounts.map(({ id, name }): Place => ({ kind: 'account', id, name })),
    ...archives.map(({ id, name }): Place => ({ kind: 'archive', id, name })),
  ];
}
