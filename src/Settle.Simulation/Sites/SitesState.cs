namespace Settle.Simulation;

/// <summary>What the stores of two sites hold at some moment of an order of steps.</summary>
/// <param name="Stores">The founder's first.</param>
/// <param name="IsSetBack">Whether the second was set back before.</param>
/// <param name="Steps">How many led here.</param>
internal sealed record SitesState(SiteStore[] Stores, bool IsSetBack, int Steps)
{
    /// <summary>The same for states from which the same can follow.</summary>
    public string Key => (IsSetBack ? "1" : "0") + string.Join('/', Stores.Select(store =>
        string.Join(',', store.Own.Select(block => $"{block.Header.Hash}"[..12])) + ":"
            + string.Join(',', store.All.Except(store.Own)
                .Select(block => $"{block.Header.Hash}"[..12]).Order(StringComparer.Ordinal))));

    public SitesState With(int site, SiteStore store) => this with
    {
        Stores = [.. Stores.Select((before, at) => at == site ? store : before)], Steps = Steps + 1,
    };
}
