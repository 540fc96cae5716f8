/** Scrolls a list of equal rows just as far as one of them needs. */

/** What a virtualizer knows without asking the page, which would have to lay itself out for the answer. */
interface Scrolled {
  scrollOffset: number | null;
  scrollRect: { height: number } | null;
}

interface Place {
  /** Of the row, from the top of what is scrolled, in px. */
  top: number;
  height: number;
  /** What stays over the rows at the top, in px. */
  head?: number;
}

export function showRow(scroller: HTMLElement | null, { scrollOffset, scrollRect }: Scrolled, place: Place): void {
  if (!scroller || scrollOffset === null || !scrollRect) return;
  const { top, height, head = 0 } = place;
  if (top - head < scrollOffset) scroller.scrollTop = top - head;
  else if (top + height > scrollOffset + scrollRect.height) scroller.scrollTop = top + height - scrollRect.height;
}
