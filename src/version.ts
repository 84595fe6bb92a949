/** Herald's own version; a test keeps it equal to package.json and to the newest section of CHANGELOG.md. */
export const version = '0.1.0';

/** Name and version as sent in every request's `User-Agent`. */
export const userAgent = `herald/${version}`;
