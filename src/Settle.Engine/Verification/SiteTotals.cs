using Settle.Chains;

namespace Settle.Verification;

/// <summary>What all parts and all that is under way come to: nothing, in each asset.</summary>
internal static class SiteTotals
{
    public static SortedDictionary<string, Int128> Of(SiteLedger sites)
    {
        var sums = new SortedDictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var chain in sites.Chains.Where(chain => !chain.IsTaken))
        {
            for (var number = 0; number < chain.Book.PositionCount; number++)
            {
                var position = chain.Book.Position(number);
                Add(chain.Book.Assets[position.Asset].Code, position.Balance);
            }
        }
        var first = sites.Mine.Book.Assets;
        foreach (var grant in sites.Money.AllUnderWay)
            Add(grant.What.Asset.Length == 0 ? first[0].Code : grant.What.Asset, grant.Amount);
        return sums;

        void Add(string code, Int128 amount) => sums[code] = sums.GetValueOrDefault(code) + amount;
    }

    /// <summary>How many accounts exist at any site.</summary>
    public static int AccountsOf(SiteLedger sites) => sites.DurableAccounts()
        .Where(each => each.Chain.Book.Exists(each.Account))
        .Select(each => each.Chain.Book.AccountName(each.Account))
        .Distinct(StringComparer.Ordinal).Count();
}
