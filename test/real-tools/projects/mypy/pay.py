def pay(amount: int) -> str:
    return amount


pay("much")
missing.name
