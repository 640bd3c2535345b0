/** What a person calls a relay that has yet to say its name. */

/** `relay.example.org` */
export const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);
