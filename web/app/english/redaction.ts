/** English: hiding personal details before sending. */
import {plural} from './counting.ts';

export const redaction = {
  heading: 'Hide personal details',
  on: 'Hide personal details from computers of the network',
  onNote: 'Before a question is sent to a computer that is not yours, names, mail addresses, phone numbers, cards, bank accounts, postal and network addresses, dates of birth and links with passwords are replaced by placeholders such as [name-1]. Answers show the real ones again.',
  honest: 'It follows fixed rules, in English, Russian and Spanish, so it is a help and misses things: read what you send. The rest of your question can still tell who you are. Questions to your own devices are sent as they are. So is what can be read in pictures.',
  terms: 'Always hide these',
  termsNote: 'One word or phrase a line. The list stays in this browser.',
  termsPlaceholder: 'Project Falcon',
  saveTerms: 'Save list',
  saved: 'The list is saved.',
  asIs: 'Sent as they are',
  hideAgain: 'Hide again',
  hideAgainNamed: (value: string): string => `Hide again: “${value}”`,
  hidden: (count: number): string => plural(count, {one: 'thing was hidden', other: 'things were hidden'}),
  show: 'show',
  sendAsIs: 'Send as is',
  sendAsIsNamed: (value: string): string => `Send as is: “${value}”`,
  willBeSent: 'Sent as it is from the next question on',
  kinds: {
    term: 'From your list', secret: 'Key or token', link: 'Link with a password or token', email: 'Mail address', iban: 'Bank account', card: 'Payment card', birth: 'Date of birth', ip: 'Network address', address: 'Postal address', phone: 'Phone number', name: 'Name',
  },
};
