/** A mark in the page's timeline once the first screen is drawn, for those who measure starts. */
let isMarked = false;

export function markFirstScreen(): void {
  if (isMarked) return;
  isMarked = true;
  // In the frame that shows it, and after that frame was drawn.
  requestAnimationFrame(() => setTimeout(() => performance.mark('first-screen')));
}
