namespace Settle.Import;

/// <summary>An account of a file, with the terms that it is to have at the end.</summary>
/// <param name="Request">Its terms.</param>
/// <param name="Overdraft">Its overdraft in the minor unit; null if the row names none.</param>
/// <param name="Ceiling">Its ceiling in the minor unit; null if the row names none.</param>
/// <param name="Lowest">
/// The lowest balance in the minor unit that the rows of its transfers lead to, zero or less; null
/// if nobody says.
/// </param>
internal sealed record CsvAccountRow(
    AccountRequest Request, long? Overdraft, long? Ceiling, long? Lowest)
{
    /// <summary>
    /// What lets the transfers of its past in, which today's terms may refuse; null if they are
    /// enough.
    /// </summary>
    public CsvAccountRow? Meanwhile
    {
        get
        {
            if (Lowest is null) return null;
            var isUnlimited = Request.Overdraft is { IsUnlimited: true };
            var overdraft = long.Max(Overdraft ?? 0, -Lowest.Value);
            return new CsvAccountRow(Request with
            {
                Overdraft = isUnlimited ? Request.Overdraft
                    : Settle.Overdraft.Of(Money.InLedgersScale(overdraft, null)),
                Ceiling = Settle.Ceiling.None,
                Closed = false,
            }, isUnlimited ? null : overdraft, null, null);
        }
    }

    /// <summary>Whether an account has these terms, and nothing would change.</summary>
    /// <param name="account">The account; null if there is none.</param>
    /// <param name="asset">The asset of a row that names none.</param>
    public bool IsIn(Account? account, string asset)
    {
        if (account?.Balances.FirstOrDefault(each => each.Asset == (Request.Asset ?? asset))
            is not { } balance) return false;
        return (Request.Overdraft is not { } overdraft
                || (overdraft.IsUnlimited == balance.Overdraft.IsUnlimited
                    && (Overdraft is null || balance.Overdraft.Limit.Units == Overdraft)))
            && (Request.Ceiling is null || balance.Ceiling?.Limit.Units == Ceiling)
            && (Request.Closed is null || Request.Closed == account.Closed)
            && (Request.Owners is null || Request.Owners.SequenceEqual(account.Owners ?? []))
            && (Request.Meta is null || IsSame(Request.Meta, account.Meta));
    }

    private static bool IsSame(
        IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string>? b) =>
        a.Count == (b?.Count ?? 0)
        && a.All(pair => b!.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
