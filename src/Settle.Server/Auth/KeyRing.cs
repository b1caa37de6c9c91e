namespace Settle.Server;

/// <summary>The keys in force: the file's, read again when it has changed.</summary>
internal sealed partial class KeyRing(string file, TimeProvider clock, ILogger<KeyRing> log)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);
    private readonly Lock _reading = new();
    private ApiKeys _keys = ApiKeys.Load(file);
    private DateTime _written = File.GetLastWriteTimeUtc(file);
    private long _looked = clock.GetTimestamp();

    public ApiKey? Find(string secret)
    {
        if (clock.GetElapsedTime(Volatile.Read(ref _looked)) > LookAgainAfter) LookAgain();
        return Volatile.Read(ref _keys).Find(secret);
    }

    private void LookAgain()
    {
        lock (_reading)
        {
            if (clock.GetElapsedTime(_looked) <= LookAgainAfter) return;
            Volatile.Write(ref _looked, clock.GetTimestamp());
            var written = File.GetLastWriteTimeUtc(file);
            if (written == _written) return;
            try
            {
                Volatile.Write(ref _keys, ApiKeys.Load(file));
                _written = written;
            }
            catch (InvalidRequestException e)
            {
                LogUnreadable(log, e.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Error,
        "The file of keys has changed and cannot be read; the old keys stay: {Why}")]
    private static partial void LogUnreadable(ILogger logger, string why);
}
