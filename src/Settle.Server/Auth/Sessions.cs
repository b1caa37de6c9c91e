using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Settle.Server;

/// <summary>
/// Who has signed in. They are kept in memory only, so that a restart ends all of them, and under
/// the hashes of their tokens, so that the time of a search tells nothing.
/// </summary>
internal sealed class Sessions : IDisposable
{
    /// <summary>How long a session lasts that nothing is asked in.</summary>
    public static readonly TimeSpan IdleMax = TimeSpan.FromHours(2);

    private const int OfKeyMax = 100;
    private const int TokenBytes = 32;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Session> _all = new(StringComparer.Ordinal);
    private readonly KeyRing _ring;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    public Sessions(KeyRing ring, TimeProvider clock)
    {
        (_ring, _clock) = (ring, clock);
        _timer = clock.CreateTimer(_ => EndWhatIsOver(), null, LookEvery, LookEvery);
    }

    /// <summary>Begins a session.</summary>
    /// <returns>Its token: whoever has that has the session.</returns>
    public string Begin(KeyInForce key)
    {
        EndWhatIsOver();
        var ofKey = _all.Where(each => each.Value.Key == key).ToList();
        if (ofKey.Count >= OfKeyMax) Forget(ofKey.MinBy(each => each.Value.UsedAt).Key);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        _all[HashOf(token)] = new Session(key, _clock.GetTimestamp());
        return token;
    }

    /// <summary>The session that a token stands for, which is used now; null for none.</summary>
    public Session? Find(string token)
    {
        var hash = HashOf(token);
        if (!_all.TryGetValue(hash, out var session)) return null;
        if (IsOver(session))
        {
            Forget(hash);
            return null;
        }
        session.Use(_clock.GetTimestamp());
        return session;
    }

    /// <summary>Ends the session that a token stands for, if there is one.</summary>
    public void End(string token) => Forget(HashOf(token));

    public void Dispose()
    {
        _timer.Dispose();
        foreach (var session in _all.Values) session.Dispose();
    }

    private void EndWhatIsOver()
    {
        foreach (var (hash, session) in _all)
            if (IsOver(session)) Forget(hash);
    }

    private bool IsOver(Session session) => !_ring.Has(session.Key)
        || _clock.GetElapsedTime(session.UsedAt) >= IdleMax;

    private void Forget(string hash)
    {
        if (_all.TryRemove(hash, out var session)) session.End();
    }

    private static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
