using Xunit;

namespace Settle.Tests.Journals;

/// <summary>All accounts of a ledger with their terms and balances, as a text to compare.</summary>
internal static class LedgerTerms
{
    public static async Task<string> OfAsync(string location)
    {
        await using var ledger =
            await Ledger.OpenAsync(location, cancellationToken: TestContext.Current.CancellationToken);
        var lines = new List<string>();
        await foreach (var account in ledger.AllAccountsAsync(
            TestContext.Current.CancellationToken))
        {
            lines.AddRange(account.Balances.OrderBy(each => each.Asset, StringComparer.Ordinal)
                .Select(each => $"{account.Name} {each.Balance} {(account.Closed ? "closed" : "open")} {each.Overdraft} "
                    + $"{each.Ceiling} {string.Join(',', account.Owners ?? [])} "
                    + string.Join(',', (account.Meta ?? new Dictionary<string, string>())
                        .OrderBy(pair => pair.Key, StringComparer.Ordinal))));
        }
        return string.Join('\n', lines);
    }
}
