def pay(amount)
  unused = 1
  if amount == nil then return eval("0") end
  return amount
end
