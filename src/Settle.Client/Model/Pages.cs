using System.Runtime.CompilerServices;

namespace Settle;

/// <summary>Reads lists that come in pages.</summary>
internal static class Pages
{
    /// <summary>As many as a page can have.</summary>
    public const int LimitMax = 1000;

    /// <summary>All that a list has, page by page.</summary>
    /// <param name="read">Reads the page after a cursor; null for the first.</param>
    /// <param name="cancellation">Stops between two pages.</param>
    public static async IAsyncEnumerable<T> AllAsync<T>(Func<string?, Task<Page<T>>> read,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? after = null;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var page = await read(after).ConfigureAwait(false);
            foreach (var item in page.Items) yield return item;
            after = page.Next;
        }
        while (after is not null);
    }
}
