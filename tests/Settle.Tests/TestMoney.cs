global using static Settle.Tests.TestMoney;
using Settle.State;

namespace Settle.Tests;

internal static class TestMoney
{
    /// <summary>The assets of a ledger that has its first block.</summary>
    public static LedgerAssets Dollars { get; } = new([new AssetInfo("USD", 2)]);

    public static LedgerAssets Euros { get; } = new([new AssetInfo("EUR", 2)]);

    /// <summary>An amount in the minor unit of an asset; of the default asset where none is named.</summary>
    public static Money Minor(Int128 units, string? asset = null) => Money.InLedgersScale(units, asset);

    public static DateTimeOffset Time(string text) => Parse.Timestamp("timestamp", text);
}
