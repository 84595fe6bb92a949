export const total = (items) => items.reduce((sum, item) => sum + item.cents, 0);
export const load = () => {
  throw new TypeError('basket is not open'); // FAILS: opens the basket – basket is not open
};
