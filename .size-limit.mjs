/** What size-limit holds the build against: `npm run build` ends with an error when a part of the app weighs more. */
import {budgetsOf} from './scripts/budgets.ts';

// oxlint-disable-next-line import/no-default-export -- size-limit takes nothing else
export default budgetsOf(process.env['BOMBYX_DIST'] ?? 'dist');
