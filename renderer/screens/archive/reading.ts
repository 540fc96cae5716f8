/** Small decisions of the reading pane. Pure. */
import type { Attachment, MailAddress, MessageView } from '../../../shared/browse.ts';

export type BodyView = 'html' | 'text' | 'headers' | 'source';

/** Names where there are any, else addresses. */
export function namesOf(addresses: readonly MailAddress[]): string {
  return addresses.map(({ name, address }) => name.trim() || address).join(', ');
}

/** In full, for tooltips. */
export function fullNames(addresses: readonly MailAddress[]): string {
  return addresses.map(({ name, address }) => (name.trim() ? `${name.trim()} <${address}>` : address)).join(', ');
}

/** What the message has of what is wished for. */
export function shownView(wish: BodyView, { htmlUrl }: Pick<MessageView, 'htmlUrl'>): BodyView {
  return wish === 'html' && htmlUrl === null ? 'text' : wish;
}

/** Pictures that the page itself shows are no files to offer, unless there is no page. */
export function offeredAttachments({
  attachments,
  htmlUrl,
}: Pick<MessageView, 'attachments' | 'htmlUrl'>): Attachment[] {
  return htmlUrl === null ? attachments : attachments.filter(({ inline }) => !inline);
}

/** The one line under the sender says replies only where they go elsewhere. */
export function repliesElsewhere({ from, replyTo }: Pick<MessageView, 'from' | 'replyTo'>): MailAddress[] {
  const senders = new Set(from.map(({ address }) => address.toLowerCase()));
  return replyTo.filter(({ address }) => !senders.has(address.toLowerCase()));
}
