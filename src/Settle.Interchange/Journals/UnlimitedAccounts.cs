namespace Settle.Journals;

/// <summary>
/// The accounts that may be overdrawn without limit in some asset: a company's own money, such as a
/// bank account, which others' money comes from.
/// </summary>
internal sealed class UnlimitedAccounts
{
    private readonly Dictionary<string, HashSet<string>> _assets = new(StringComparer.Ordinal);

    /// <summary>Takes in the next entry of the chain.</summary>
    public void Note(JournalEntry entry)
    {
        if (entry.Overdraft is not var (account, asset, overdraft)
            || overdraft == AccountTerms.Unset)
            return;
        if (!_assets.TryGetValue(account, out var assets)) _assets.Add(account, assets = []);
        if (overdraft == AccountTerms.Unlimited) assets.Add(asset);
        else assets.Remove(asset);
    }

    public bool Contains(string account) =>
        _assets.TryGetValue(account, out var assets) && assets.Count > 0;
}
