module Price
  def self.total(items)
    items.sum
  end

  def self.load
    raise IOError, 'basket is not open' # FAILS: opens the basket – basket is not open
  end
end
