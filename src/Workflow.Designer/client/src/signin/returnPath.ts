/** Only a path of this site: an address of another one after signing in would be a gift to phishing. */
export function returnPath(asked: string | null): string {
  if (!asked || !asked.startsWith('/') || /^\/[/\\]/.test(asked) || asked.startsWith('/signin')) return '/';
  return asked;
}
