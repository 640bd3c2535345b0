/** What size-limit holds the builds against: `npm run build` ends with an error when the library or a part of the app weighs more. */
import {budgetsOf, libraryBudget} from './scripts/budgets.ts';

const {BOMBYX_DIST = 'dist', BOMBYX_DIST_SDK = 'dist-sdk', BOMBYX_BUDGETS} = process.env;

// oxlint-disable-next-line import/no-default-export -- size-limit takes nothing else
export default [...(BOMBYX_BUDGETS === 'sdk' ? [] : budgetsOf(BOMBYX_DIST)), libraryBudget(BOMBYX_DIST_SDK)];
