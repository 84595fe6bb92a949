var unused = 1;
export function pay(amount) {
  if (amount == 0) return eval('0');
  return amount;
}
