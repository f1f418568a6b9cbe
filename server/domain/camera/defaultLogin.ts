import logins from './defaultLogins.json' with { type: 'json' };

const known = new Set(logins.map(([user, password]) => `${user}\n${password}`));

/** Whether anyone who read the manual of a camera knows this login. */
export const isDefaultLogin = (user: string, password: string): boolean => known.has(`${user.toLowerCase()}\n${password.toLowerCase()}`) || (user !== '' && user.toLowerCase() === password.toLowerCase());

/** The same for the login inside an address; an address without one has none to be known. */
export function hasDefaultLogin(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== '' && isDefaultLogin(decodeURIComponent(username), decodeURIComponent(password));
}
