using Settle.Billing;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>An amount that is credited, split into net and tax of each rate.</summary>
public sealed class CreditSplitTests
{
    private static readonly int[][] Rates =
        [[190_000], [190_000, 70_000], [200_000, 100_000, 55_000], [81_000], [190_000, 0]];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_rounding_is_needed_where_some_sums_come_to_the_amount(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var left = Rates[random.Next(Rates.Length)].Select(rate =>
            {
                var term = new TaxTerm(rate == 0 ? TaxCategory.Zero : TaxCategory.Standard, rate);
                var net = random.Next(1, 30_000);
                return new TaxSum(term, net, (long)term.Of(net));
            }).ToArray();
            var gross = left.Sum(part => part.Net + part.Tax);
            var amount = random.NextInt64(1, gross);
            var (parts, rounding) = CreditSplit.Of(left, amount);
            Assert.Equal(amount, rounding + parts.Sum(part => part.Net + part.Tax));
            Assert.Equal(left.Select(part => part.Term), parts.Select(part => part.Term));
            for (var i = 0; i < parts.Length; i++)
            {
                Assert.InRange(parts[i].Net, 0, left[i].Net);
                Assert.InRange(parts[i].Tax, 0, left[i].Tax);
                if (parts[i].Net < left[i].Net)
                    Assert.Equal(parts[i].Term.Of(parts[i].Net), parts[i].Tax);
            }
            if (left.Length > 1 && amount > 20 && amount < gross - 20) Assert.Equal(0, rounding);
            else Assert.InRange(long.Abs(rounding), 0, CanBe(left, amount) ? 0 : 1);
        }
    }

    [Theory]
    [InlineData(500, 420, 80, 0)]
    [InlineData(300, 252, 48, 0)]
    [InlineData(9, 8, 2, -1)]
    public void One_rate_leaves_a_cent_only_where_no_net_with_its_tax_comes_to_the_amount(
        long amount, long net, long tax, long rounding)
    {
        var term = new TaxTerm(TaxCategory.Standard, 190_000);
        var (parts, rest) = CreditSplit.Of([new TaxSum(term, 10_000, 1_900)], amount);
        Assert.Equal((net, tax, rounding), (parts[0].Net, parts[0].Tax, rest));
    }

    private static bool CanBe(TaxSum[] left, long amount) => left.Length == 1
        && Enumerable.Range(0, (int)left[0].Net + 1).Any(net => net < left[0].Net
            && net + (long)left[0].Term.Of(net) == amount);
}
