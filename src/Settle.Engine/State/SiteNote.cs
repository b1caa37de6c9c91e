using Settle.Stores;

namespace Settle.State;

/// <summary>Whose chain a store holds: noted in it when it joins; the founder's has no note.
/// </summary>
internal static class SiteNote
{
    /// <summary>The id of the note.</summary>
    public const string Id = "site";

    /// <summary>The site whose chain a store holds.</summary>
    /// <exception cref="StoreCorruptException">The note is damaged.</exception>
    public static async ValueTask<string> SiteOfAsync(
        IStore store, CancellationToken cancellation)
    {
        if (!store.KeepsCopies) return SiteNames.Founder;
        var note = await store.GetAsync(Id, cancellation).ConfigureAwait(false);
        if (note is null) return SiteNames.Founder;
        var name = Encoding.UTF8.GetString(note.Body.Span);
        return SiteNames.IsOne(name) ? name : throw new StoreCorruptException(
            $"{store.Location}: the note that says whose site it is holds '{name}', not a name");
    }

    /// <summary>Notes whose chain a store is going to hold.</summary>
    public static ValueTask WriteAsync(
        IStore store, string site, CancellationToken cancellation) =>
        store.CreateAllAsync([new Document(Id, Encoding.UTF8.GetBytes(site))], cancellation);
}
