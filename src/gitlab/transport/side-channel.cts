/**
 * Replaces `side-channel` in the bundle (see tools/build.mjs), which works in engines without `WeakMap`, too: 25 KB
 * before the first request. `qs` puts nothing but objects into it.
 */
module.exports = (): WeakMap<object, unknown> => new WeakMap();
