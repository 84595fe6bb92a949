/** Loaded into a measured process: its clock is some time ahead, so that a second run is one of days later. */
const shift = Number(process.env.HERALD_BENCH_LATER ?? 0);
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [Real.now() + shift] : given));
  }

  static now() {
    return Real.now() + shift;
  }
};
