using System.Net;
using Settle.Scheduling;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Follows <c>_changes</c>: a question that the server answers when something was written, or after
/// a while in any case. A server that forgets the latter is not asked again: every forgotten
/// question would stay open there.
/// </summary>
/// <param name="connection">To the database.</param>
/// <param name="patience">After how long the server answers in any case.</param>
internal sealed class CouchFeed(CouchConnection connection, TimeSpan patience)
{
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(20);

    // Who opens a ledger for one command is done before that.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // A burst of changes is told of together.
    private static readonly TimeSpan BurstPause = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider _clock = connection.Clock;
    private readonly TimeSpan _patienceMax = patience * 1.5;
    private volatile bool _isAnswering;

    /// <summary>Whether the server tells of changes just now.</summary>
    public bool IsAnswering => _isAnswering;

    public async Task FollowAsync(Action<string?> onDocument, CancellationToken cancellation)
    {
        string? since = null;
        await Pause.ForAsync(FirstPause, _clock, cancellation).ConfigureAwait(false);
        while (true)
        {
            var asked = _clock.GetTimestamp();
            try
            {
                if (since is null)
                {
                    since = await AskAsync("since=now&limit=1", null, cancellation)
                        .ConfigureAwait(false);
                    onDocument(null);
                }
                _isAnswering = true;
                since = await AskAsync($"feed=longpoll&timeout={(long)patience.TotalMilliseconds}"
                    + $"&since={Uri.EscapeDataString(since)}", onDocument, cancellation)
                    .ConfigureAwait(false);
                await Pause.ForAsync(BurstPause, _clock, cancellation).ConfigureAwait(false);
            }
            catch (StoreUnavailableException)
            {
                _isAnswering = false;
                if (_clock.GetElapsedTime(asked) >= _patienceMax) return;
                await Pause.ForAsync(RetryPause, _clock, cancellation).ConfigureAwait(false);
                onDocument(null);
            }
        }
    }

    private async Task<string> AskAsync(
        string query, Action<string?>? onDocument, CancellationToken cancellation)
    {
        var address = connection.Address;
        var answer = await connection
            .AskAsync(address.Of($"_changes?{query}"), _patienceMax, cancellation)
            .ConfigureAwait(false);
        if (answer.Status != HttpStatusCode.OK) throw CouchErrors.Unavailable(address, answer);
        using var json = answer.Read(address);
        if (!json.RootElement.TryGetProperty("last_seq", out var last))
            throw CouchErrors.Unavailable(address, answer);
        if (onDocument is not null && json.RootElement.TryGetProperty("results", out var results))
        {
            foreach (var change in results.EnumerateArray())
                onDocument(change.GetProperty("id").GetString());
        }
        return last.ValueKind == JsonValueKind.String ? last.GetString()! : last.GetRawText();
    }
}
