using System.Net;
using Settle.Scheduling;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Follows <c>_changes</c>: a question that the server answers when something was written, or after
/// a while in any case. Some servers forget the latter: then the question is withdrawn, and asked
/// again as long as nothing was written meanwhile.
/// </summary>
/// <param name="connection">To the database.</param>
/// <param name="patience">After how long the server answers in any case.</param>
internal sealed class CouchFeed(CouchConnection connection, TimeSpan patience)
{
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(20);

    /// <summary>For how long nobody looks by himself while the server tells of changes.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(20);

    // Who opens a ledger for one command is done before that.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // A burst of changes is told of together.
    private static readonly TimeSpan BurstPause = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider _clock = connection.Clock;
    private readonly TimeSpan _patienceMax = patience * 1.5;
    private volatile bool _isAnswering;

    /// <summary>Told what who follows is told.</summary>
    public event Action<string?>? Told;

    /// <summary>Whether the server tells of changes just now.</summary>
    public bool IsAnswering => _isAnswering;

    /// <summary>
    /// Tells the id of each document that was written; null when some may have been missed. Ends
    /// when the server keeps quiet about changes.
    /// </summary>
    public async Task FollowAsync(Action<string?> onDocument, CancellationToken cancellation)
    {
        void Tell(string? id)
        {
            onDocument(id);
            Told?.Invoke(id);
        }
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
                    Tell(null);
                }
                _isAnswering = true;
                since = await AskAsync($"feed=longpoll&timeout={(long)patience.TotalMilliseconds}"
                    + $"&since={Uri.EscapeDataString(since)}", Tell, cancellation)
                    .ConfigureAwait(false);
                await Pause.ForAsync(BurstPause, _clock, cancellation).ConfigureAwait(false);
            }
            catch (StoreUnavailableException)
            {
                var isSilent = since is not null
                    && _clock.GetElapsedTime(asked) >= _patienceMax;
                var hasNews = isSilent
                    ? await HasNewsAsync(since!, cancellation).ConfigureAwait(false) : null;
                if (hasNews == false) continue;
                _isAnswering = false;
                Tell(null);
                if (hasNews == true) return;
                await Pause.ForAsync(RetryPause, _clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    // Null when the server does not answer this either.
    private async Task<bool?> HasNewsAsync(string since, CancellationToken cancellation)
    {
        var hasNews = false;
        try
        {
            await AskAsync($"limit=1&since={Uri.EscapeDataString(since)}", _ => hasNews = true,
                cancellation).ConfigureAwait(false);
            return hasNews;
        }
        catch (StoreUnavailableException)
        {
            return null;
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
        if (!json.RootElement.TryGetProperty("last_seq", out _))
            throw CouchErrors.Unavailable(address, answer);
        if (onDocument is not null && json.RootElement.TryGetProperty("results", out var results))
        {
            foreach (var change in results.EnumerateArray())
                onDocument(change.GetProperty("id").GetString());
        }
        return LastIn(json.RootElement);
    }

    /// <summary>Up to where an answer tells: a number or a text, depending on the server.</summary>
    public static string LastIn(JsonElement changes)
    {
        var last = changes.GetProperty("last_seq");
        return last.ValueKind == JsonValueKind.String ? last.GetString()! : last.GetRawText();
    }
}
