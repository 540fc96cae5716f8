/** Where a window was, and whether that place is still on a screen. Pure: no electron. */

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowPlace extends Rectangle {
  maximised: boolean;
}

export const USUAL_SIZE = { width: 1280, height: 820 };
export const LEAST_SIZE = { width: 960, height: 640 };

/** So much of the title bar must be on a screen for a hand to get hold of it. */
const GRIP = { width: 120, height: 32 };

/**
 * @param screens the areas that windows may use; at least one
 * @returns the place as it was, shrunk into its screen; null when no screen shows it any more, or there was none
 */
export function fitPlace(place: WindowPlace | null, screens: Rectangle[]): WindowPlace | null {
  if (!place || !Object.values(place).every((value) => typeof value === 'boolean' || Number.isFinite(value)))
    return null;
  const screen = screens.find((area) => showsGrip(place, area));
  if (!screen) return null;
  const width = Math.max(LEAST_SIZE.width, Math.min(place.width, screen.width));
  const height = Math.max(LEAST_SIZE.height, Math.min(place.height, screen.height));
  return { ...place, width, height };
}

function showsGrip({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return shown >= GRIP.width && y >= area.y && y + GRIP.height <= area.y + area.height;
}
