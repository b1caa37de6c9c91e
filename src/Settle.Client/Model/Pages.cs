namespace Settle;

/// <summary>Reads lists that come in pages.</summary>
internal static class Pages
{
    /// <summary>As many as a page can have.</summary>
    public const int LimitMax = 1000;

    /// <summary>All that a list has, page by page.</summary>
    /// <param name="read">Reads the page after a cursor; null for the first.</param>
    public static async IAsyncEnumerable<T> AllAsync<T>(Func<string?, Task<Page<T>>> read)
    {
        string? after = null;
        do
        {
            var page = await read(after).ConfigureAwait(false);
            foreach (var item in page.Items) yield return item;
            after = page.Next;
        }
        while (after is not null);
    }
}
