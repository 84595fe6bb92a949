require_relative '../lib/price'

RSpec.describe Price do
  it 'adds up' do
    expect(Price.total([1, 2])).to eq(3)
  end

  it 'knows the discount' do
    expect(Price.total([90])).to eq(100) # FAILS: knows the discount – expected: 100 | got: 90
  end

  it 'compares baskets' do
    expect({ items: %w[pen ink] }).to eq({ items: %w[pen] }) # FAILS: compares baskets – expected: {:items=>["pen"]} | got: {:items=>["pen", "ink"]}
  end

  it 'opens the basket' do
    Price.load
  end

  [[1, 1], [2, 3]].each do |cents, expected|
    it "of #{cents} is #{expected}" do
      expect(Price.total([cents])).to eq(expected) # FAILS: of 2 is 3 – expected: 3 | got: 2
    end
  end

  it 'knows taxes'

  xit 'knows vouchers' do
    expect(1).to eq(2)
  end
end
