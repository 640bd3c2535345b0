/** Which side is too old where page and relay do not speak the same version. Pure. */
import type {ErrorCode} from '#protocol/errors.ts';

/** The side that has to be updated. */
export type VersionGap = 'page' | 'relay';

const gaps: Readonly<Partial<Record<ErrorCode, VersionGap>>> = {'outdated': 'page', 'bad-version': 'page', 'relay-outdated': 'relay'};

/** Undefined for a failure of another kind. */
export const gapOf = (code: ErrorCode): VersionGap | undefined => gaps[code];
