using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Settle.Sites;

/// <summary>
/// The sites of a ledger: a fold of the founder's chain, which has no row for itself. Empty in a
/// ledger that has one site. Immutable, so that taking a block back is giving back the one before.
/// </summary>
internal sealed class SiteTable
{
    public static readonly SiteTable Empty =
        new(ImmutableSortedDictionary.Create<string, SiteRow>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, SiteRow> _rows;

    // The same for looking up: every transfer asks for the site that its id names.
    private readonly Dictionary<string, SiteRow> _byName;
    private readonly (byte[] Name, string Site)[] _names;

    // Every transfer of a ledger with sites asks for a home: few sites have a prefix.
    private readonly (byte[] Prefix, string Site)[] _homes;

    private SiteTable(ImmutableSortedDictionary<string, SiteRow> rows)
    {
        (_rows, _byName) = (rows, new Dictionary<string, SiteRow>(rows, StringComparer.Ordinal));
        _names = [.. rows.Keys.Select(name => (Encoding.UTF8.GetBytes(name), name))];
        _homes = [.. rows.Values.Where(row => row.Prefix.Length > 0)
            .Select(row => (Encoding.UTF8.GetBytes(row.Prefix), row.Name))];
    }

    public bool IsEmpty => _rows.IsEmpty;

    /// <summary>All sites that were ever added, by name.</summary>
    public IEnumerable<SiteRow> Rows => _rows.Values;

    public int Count => _rows.Count;

    public bool TryFind(string site, [NotNullWhen(true)] out SiteRow? row) =>
        _byName.TryGetValue(site, out row);

    public SiteTable With(SiteRow row) => new(_rows.SetItem(row.Name, row));

    /// <summary>The site that an id names: the founder where it names none.</summary>
    public string Of(ReadOnlySpan<byte> id)
    {
        var tag = SiteNames.TagOf(id);
        if (tag.IsEmpty) return SiteNames.Founder;
        foreach (var (name, site) in _names) if (tag.SequenceEqual(name)) return site;
        return SiteNames.Founder;
    }

    /// <summary>The site that an account was given to: the founder where none was named.</summary>
    public string HomeOf(ReadOnlySpan<byte> account)
    {
        foreach (var (prefix, site) in _homes)
            if (account.StartsWith(prefix)) return site;
        return SiteNames.Founder;
    }

    /// <summary>
    /// The site whose prefix some account could have as well as a new one; null for none.
    /// </summary>
    public string? Overlapping(string prefix) => _rows.Values.FirstOrDefault(row =>
        row.Prefix.Length > 0 && (row.Prefix.StartsWith(prefix, StringComparison.Ordinal)
            || prefix.StartsWith(row.Prefix, StringComparison.Ordinal)))?.Name;
}
