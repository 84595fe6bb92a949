import os

def pay(amount):
    if amount == None:
        return undefined_name
    return amount
