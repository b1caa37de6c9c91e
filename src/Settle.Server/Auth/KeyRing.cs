using System.Collections.Frozen;

namespace Settle.Server;

/// <summary>
/// The keys in force: the file's, read again each second. While the file cannot be read the keys
/// stay for a short grace, because somebody may be writing it, and then nobody is let in.
/// </summary>
internal sealed partial class KeyRing : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly Lock _looking = new();
    private readonly Lock _taking = new();
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private volatile Ring _ring;
    private byte[] _read;
    private long _faultySince;
    private long _lookedAt;

    public KeyRing(string path, TimeProvider clock, ILogger<KeyRing> log)
    {
        (_path, _clock, _log) = (path, clock, log);
        var file = new KeyFile(path);
        _read = file.Read();
        _lookedAt = clock.GetTimestamp();
        _ring = Ring.Of(ApiKeys.Of(file, _read), null, null);
        _timer = clock.CreateTimer(_ => LookAgain(), null, LookEvery, LookEvery);
    }

    /// <summary>Why the file cannot be read; null while it can.</summary>
    public string? Fault => _ring.Fault;

    /// <summary>Whether nobody is let in because the file cannot be read.</summary>
    public bool IsClosed => _ring.IsClosed;

    public KeyInForce? Find(string secret)
    {
        var ring = _ring;
        return ring.Keys.Find(secret) is { } key ? ring.InForce[key.Name] : null;
    }

    /// <summary>Whether a key that was found before is still good, unchanged.</summary>
    public bool Has(KeyInForce key) =>
        _ring.InForce.GetValueOrDefault(key.Key.Name) == key;

    public void Dispose()
    {
        _timer.Dispose();
        foreach (var key in _ring.InForce.Values) key.Dispose();
    }

    private void LookAgain()
    {
        if (!_looking.TryEnter())
        {
            // A disk that does not answer must not keep revoked keys in force.
            if (_clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= Grace)
                Miss("reading it does not end");
            return;
        }
        try
        {
            Look();
        }
        finally
        {
            Volatile.Write(ref _lookedAt, _clock.GetTimestamp());
            _looking.Exit();
        }
    }

    private void Look()
    {
        try
        {
            var file = new KeyFile(_path);
            var read = file.Read();
            if (_ring.Fault is null && read.AsSpan().SequenceEqual(_read)) return;
            var keys = ApiKeys.Of(file, read);
            if (_ring.Fault is not null) LogReadable(_log);
            _read = read;
            lock (_taking) Take(keys, null);
        }
        catch (InvalidRequestException e)
        {
            Miss(e.Reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Miss(e.Message);
        }
    }

    private void Miss(string why)
    {
        lock (_taking) MissNow(why);
    }

    private void MissNow(string why)
    {
        if (_ring.Fault is null)
        {
            _faultySince = _clock.GetTimestamp();
            LogUnreadable(_log, Grace.TotalSeconds, why);
        }
        var isClosed = _ring.IsClosed;
        var isOver = isClosed || _clock.GetElapsedTime(_faultySince) >= Grace;
        if (isOver && (!isClosed || _ring.Fault != why)) LogClosed(_log, why);
        if (isOver && !isClosed) Take(ApiKeys.None, why);
        else _ring = _ring with { Fault = why };
    }

    private void Take(ApiKeys keys, string? fault)
    {
        var before = _ring;
        _ring = Ring.Of(keys, before, fault);
        // Only when the key is found no more: a request must not begin after its like has ended.
        foreach (var (name, key) in before.InForce)
            if (_ring.InForce.GetValueOrDefault(name) != key) key.Revoke();
    }

    [LoggerMessage(LogLevel.Error, "The file of keys cannot be read; its keys stay for {Seconds} "
        + "seconds, and then nobody is let in: {Why}")]
    private static partial void LogUnreadable(ILogger logger, double seconds, string why);

    [LoggerMessage(LogLevel.Error, "Nobody is let in until the file of keys can be read: {Why}")]
    private static partial void LogClosed(ILogger logger, string why);

    [LoggerMessage(LogLevel.Information, "The file of keys can be read again")]
    private static partial void LogReadable(ILogger logger);

    private sealed record Ring(
        ApiKeys Keys, FrozenDictionary<string, KeyInForce> InForce, string? Fault)
    {
        public bool IsClosed => Fault is not null && Keys == ApiKeys.None;

        public static Ring Of(ApiKeys keys, Ring? before, string? fault) =>
            new(keys, keys.All.ToFrozenDictionary(
                key => key.Name,
                key => before?.InForce.GetValueOrDefault(key.Name) is { } known
                    && known.IsSame(key) ? known : new KeyInForce(key), StringComparer.Ordinal),
                fault);
    }
}
