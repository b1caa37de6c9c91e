using System.Runtime.CompilerServices;

namespace Settle;

/// <summary>Reads lists that come in pages.</summary>
internal static class Pages
{
    /// <summary>As many as a page can have.</summary>
    public const int LimitMax = 1000;

    /// <summary>All that a list has, page by page.</summary>
    /// <param name="read">Reads the page after a cursor; null for the first.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<string?, CancellationToken, Task<Page<T>>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? after = null;
        do
        {
            var page = await read(after, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items) yield return item;
            after = page.Next;
        }
        while (after is not null);
    }
}
