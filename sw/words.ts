/** The one word between page and service worker; the page imports it as a type. */

/** The person agreed to the update: the waiting version may take over. */
export type WordFromPage = 'update';
