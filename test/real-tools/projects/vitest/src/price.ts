export const total = (items: readonly { readonly cents: number }[]): number =>
  items.reduce((sum, item) => sum + item.cents, 0);
export const load = (): never => {
  throw new TypeError('basket is not open'); // FAILS: opens the basket – basket is not open
};
