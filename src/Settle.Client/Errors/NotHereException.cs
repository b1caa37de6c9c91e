namespace Settle;

/// <summary>Another site decides this request. Nothing is recorded here: send it there.</summary>
public sealed class NotHereException(string id, string site, string? url = null)
    : RejectedException(RefusalCode.NotHere, id, block: 0, replayed: false,
        $"site {site} decides this: send it there{(url is null ? "" : $", to {url}")}"
            + (id.Length == 0 ? "" : Names(id, site) ? $" (id {id})"
                : ", under an id of that site"))
{
    /// <summary>The site that decides it; <c>main</c> is the founder.</summary>
    public string Site { get; } = site;

    /// <summary>Where that site answers; null if nobody has said.</summary>
    public string? Url { get; } = url;

    private static bool Names(string id, string site) => site == SiteNames.Founder
        ? !id.Contains('@', StringComparison.Ordinal)
        : id.EndsWith($"@{site}", StringComparison.Ordinal);
}
