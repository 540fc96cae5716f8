/** True for one of the domains itself and for every host below it. */
export function hostEndsWith(host: string, ...domains: string[]): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
