using System.Text;
using Settle.Chain;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>What is available, a line for an account and asset: by the ledger, and by the view.</summary>
internal static class AvailableRows
{
    public static IEnumerable<string> Of(IReadOnlyList<Balance> balances) => balances
        .Select(balance => $"{balance.Account} {balance.Asset} {balance.Available.Units}")
        .Order(StringComparer.Ordinal);

    public static IEnumerable<string> ByView(CouchUser user, DateTimeOffset at) => user
        .Get($"_design/settle/_list/available/balance-available?group=true&at={Text(at)}")["rows"]!
        .AsArray().Select(row => $"{row!["account"]} {row["asset"]} {row["available"]}")
        .Order(StringComparer.Ordinal);

    /// <summary>A time as blocks have it.</summary>
    public static string Text(DateTimeOffset time)
    {
        var text = (stackalloc byte[ChainTime.TextLength]);
        ChainTime.Write(text, ChainTime.From(time));
        return Encoding.ASCII.GetString(text);
    }
}
